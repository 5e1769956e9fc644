"""Who owns a sale: the manager its line names, else the one assigned that day, else the customer's own."""

import duckdb

# Assignments may overlap (the later start wins) and leave gaps. Cut into spells that do neither, they can be joined
# to sales by a plain hash join.
SPELLS = """
create or replace temp table owner_spells as
with stated as (
    select
        customer_id,
        manager_id,
        valid_from,
        coalesce(valid_to, date '9999-12-30') as valid_to,
    from assignments
),

edges as (
    select customer_id, valid_from as starts_on from stated
    union
    select customer_id, valid_to + 1 from stated
),

spells as (
    select
        edges.customer_id,
        edges.starts_on,
        arg_max(stated.manager_id, {'valid_from': stated.valid_from, 'manager_id': stated.manager_id}) as manager_id,
    from edges
    inner join stated
        on edges.customer_id = stated.customer_id
        and edges.starts_on between stated.valid_from and stated.valid_to
    group by all
),

ends as (
    select
        customer_id,
        starts_on,
        lead(starts_on, 1, date '9999-12-31') over (partition by customer_id order by starts_on) as ends_before,
    from edges
)

select customer_id, starts_on, ends_before, manager_id
from spells
inner join ends using (customer_id, starts_on)
"""

OWNER = "coalesce(sale.manager_id, owner_spells.manager_id, customers.manager_id)"

# A line that names its manager is looked up under no customer, which costs next to nothing.
OWNER_JOINS = """
left join owner_spells
    on case when sale.manager_id is null then sale.customer_id end = owner_spells.customer_id
    and sale.order_date >= owner_spells.starts_on
    and sale.order_date < owner_spells.ends_before
left join customers on case when sale.manager_id is null then sale.customer_id end = customers.customer_id
"""


def cut_spells(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table owner_spells, which OWNER_JOINS needs, from the assignments as they are now."""
    connection.execute(SPELLS)


def resolve_owners(connection: duckdb.DuckDBPyConnection, load_id: int | None = None) -> None:
    """Set sales.owner_id wherever it is not what the assignments and customers of now make it.

    With `load_id` only for the rows of that load, which is enough where it changed sales alone.
    """
    cut_spells(connection)
    among = "true" if load_id is None else f"sale.load_id = {int(load_id)}"
    connection.execute(f"""
        update sales set owner_id = resolved.owner_id
        from (
            select sale.rowid as id, {OWNER} as owner_id
            from sales as sale
            {OWNER_JOINS}
            where {among} and sale.owner_id is distinct from {OWNER}
        ) as resolved
        where sales.rowid = resolved.id
    """)
