-- metric:  customer_list
-- title:   Customers in scope · 范围内客户
-- asks:    Who are the customers, and who looks after them? · 有哪些客户，归谁？
-- formula: the customer master, and the manager at the end of the period · 客户主数据与期末客户经理
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, status varchar,
--   manager_id varchar, manager_name varchar
-- by:
-- needs:   customers
-- empty:   No customer in scope. · 范围内没有客户。
-- source:  vocabulary section 1
-- rules:   Whoever is in the master, closed customers too. · 主数据所列全部客户，含停业。
select
    scoped_customers.customer_id,
    coalesce(scoped_customers.customer_name, scoped_customers.customer_id) as customer_name,
    scoped_customers.area,
    scoped_customers.channel,
    scoped_customers.tier,
    scoped_customers.status,
    scoped_customers.manager_id,
    managers.manager_name,
from scoped_customers
left join managers on scoped_customers.manager_id = managers.manager_id
order by scoped_customers.customer_id
