-- One row for each processed login, whatever was killed and whenever: a record of Kafka is known by where it stood.
create table logins (
  topic          text        not null,
  "partition"    integer     not null,
  "offset"       bigint      not null,
  event_time     timestamptz not null,
  processed_time timestamptz,
  user_id        text,
  device_id      text,
  device_type    text,
  ip             text,
  locale         text,
  app_version    text,
  extensions     jsonb,
  primary key (event_time, topic, "partition", "offset")
) partition by range (event_time);

-- Days without a partition of their own.
create table logins_other partition of logins default;

create index logins_user on logins (user_id, event_time);

comment on table logins is 'Processed logins, by day (UTC) of event_time';
comment on column logins.extensions is 'Members that have no column';
