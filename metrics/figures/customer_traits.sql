-- metric:  customer_traits
-- title:   What makes a territory · 辖区构成
-- asks:    Of what kind are the customers, and how large were they? · 客户属于哪一类，原来多大？
-- formula: area, tiers, channel, and the third by net amount a year before · 片区、档位段、业态，以及一年前净额所处的三分位
-- unit:    list
-- columns: customer_id varchar, area varchar, tier_band varchar, channel varchar, size_band varchar
-- by:
-- needs:   customers
-- empty:   No customer in scope. · 范围内没有客户。
-- source:  the case mix of indirect standardisation; vocabulary section 1
-- rules:   Size is told of the twelve months that ended a year before the last day, so that what is compared has not
--   made it: large, middle, small are thirds of all customers who bought then; who did not is new. ·
--   规模取截至期末一年前的12个月，以免把要比较的结果算进去：大、中、小为当时购货客户的三等分，当时未购货者为新户。
with before as (
    select
        customer_id,
        sum(amount) as amount,
    from summed_customer_sales
    where period = 'year_before'
    group by customer_id
    having sum(amount) > 0
),

sized as (
    select
        customer_id,
        ntile(3) over (order by amount desc, customer_id) as third,
    from before
)

select
    scoped_customers.customer_id,
    scoped_customers.area,
    scoped_customers.tier_band,
    scoped_customers.channel,
    case sized.third when 1 then 'large' when 2 then 'middle' when 3 then 'small' else 'new' end as size_band,
from scoped_customers
left join sized on scoped_customers.customer_id = sized.customer_id
order by scoped_customers.customer_id
