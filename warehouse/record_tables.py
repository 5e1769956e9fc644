"""The tables of what people write, and how their file came to its present shape."""

MIGRATIONS = (
    """
    create table last_version (number integer not null);
    insert into last_version values (0);
    create table launch_plans (
        sku_id text primary key,
        starts_on text not null,
        covered_by text not null,
        offer text not null,
        areas text not null,
        channels text not null,
        tier_bands text not null,
        version integer not null,
        changed_at text not null
    ) strict;
    """,
    """
    create table activity (
        day text not null,
        what text not null,
        manager_id text not null,
        focus text not null,
        month text not null,
        primary key (day, what, manager_id, focus, month)
    ) strict, without rowid;
    create table activity_began (day text not null);
    insert into activity_began values (date('now', 'localtime'));
    """,
    """
    create table week_plans (
        week_id text primary key,
        manager_id text not null,
        monday text not null,
        visits text not null,
        version integer not null,
        changed_at text not null
    ) strict;
    """,
    """
    create table meetings (
        meeting_id text primary key,
        held_on text not null,
        title text not null,
        scope text not null,
        agenda text not null,
        frozen_version text not null,
        frozen_at text not null,
        version integer not null,
        changed_at text not null
    ) strict;
    create table frozen_slides (
        meeting_id text not null,
        slide_id text not null,
        language text not null,
        names text not null,
        content text not null,
        primary key (meeting_id, slide_id, language, names)
    ) strict, without rowid;
    create table meeting_positions (
        meeting_id text primary key,
        slide integer not null
    ) strict, without rowid;
    """,
    """
    create table decisions (
        decision_id text primary key,
        meeting_id text not null,
        decided_on text not null,
        words text not null,
        owner text not null,
        due_on text not null,
        figure text not null,
        scope text not null,
        baseline text not null,
        goal text not null,
        state text not null,
        closed_on text not null,
        version integer not null,
        changed_at text not null
    ) strict;
    """,
    """
    alter table meeting_positions add column shown_at text not null default '';
    """,
)
"""How the file came to its present shape, step by step; a file made by an earlier release takes the steps it lacks.

Steps are added, never altered. A version number is never given twice, even where a row is removed and written anew.
"""

KEYS = {
    "launch_plans": "sku_id",
    "week_plans": "week_id",
    "meetings": "meeting_id",
    "decisions": "decision_id",
}
"""The tables of records and the column that names a row. Nothing else is ever pasted into a statement."""
