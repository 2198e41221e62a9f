create view logins_per_minute as
  select date_trunc('minute', event_time, 'UTC') as minute, count(*) as logins, count(distinct user_id) as users
  from logins group by 1;

create view active_users_per_day as
  select (event_time at time zone 'UTC')::date as day, count(distinct user_id) as users, count(*) as logins
  from logins group by 1;

create view logins_by_device as
  select (event_time at time zone 'UTC')::date as day, device_type, count(*) as logins, count(distinct user_id) as users
  from logins group by 1, 2;

create view logins_by_locale as
  select (event_time at time zone 'UTC')::date as day, locale, count(*) as logins, count(distinct user_id) as users
  from logins group by 1, 2;

create view logins_by_version as
  select (event_time at time zone 'UTC')::date as day, app_version, count(*) as logins, count(distinct user_id) as users
  from logins group by 1, 2;

-- Users who came from many addresses or devices within one hour of the clock: more than two of either.
create view busy_users as
  select user_id, date_trunc('hour', event_time, 'UTC') as hour, count(distinct ip) as addresses,
         count(distinct device_id) as devices, count(*) as logins
  from logins group by 1, 2
  having count(distinct ip) > 2 or count(distinct device_id) > 2;
