-- As its users write it; sizes as every contender has them. Statements end with a semicolon and an empty line.
-- https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/connectors/table/kafka/

SET 'execution.checkpointing.interval' = '1 s';

SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE';

-- Rows are not copied from one operator of a chain to the next.
-- https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/datastream/execution/execution_configuration/
SET 'pipeline.object-reuse' = 'true';

-- What both INSERTs read is planned once; without it the function is evaluated for each of them.
-- https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/table/config/#optimizer-options
SET 'table.optimizer.reuse-optimize-block-with-digest-enabled' = 'true';

-- A run that fails is not to be repeated unseen.
SET 'restart-strategy.type' = 'disable';

SET 'parallelism.default' = '${consumers}';

CREATE TABLE logins (
  message_key BYTES,
  message BYTES,
  `topic` STRING NOT NULL METADATA VIRTUAL,
  `partition` INT NOT NULL METADATA VIRTUAL,
  `offset` BIGINT NOT NULL METADATA VIRTUAL,
  `timestamp` TIMESTAMP_LTZ(3) NOT NULL METADATA VIRTUAL,
  `headers` MAP<STRING, BYTES> METADATA VIRTUAL
) WITH (
  'connector' = 'kafka',
  'topic' = '${input}',
  'properties.bootstrap.servers' = '${bootstrap-servers}',
  'properties.group.id' = '${group}',
  'properties.auto.offset.reset' = 'earliest',
  'properties.isolation.level' = 'read_committed',
  'properties.max.poll.records' = '10000',
  'scan.startup.mode' = 'group-offsets',
  'key.format' = 'raw',
  'key.fields' = 'message_key',
  'value.format' = 'raw',
  'value.fields-include' = 'EXCEPT_KEY'
);

CREATE TABLE results (
  message_key BYTES,
  message BYTES,
  `timestamp` TIMESTAMP_LTZ(3) METADATA,
  `headers` MAP<STRING, BYTES> METADATA
) WITH (
  'connector' = 'kafka',
  'topic' = '${output}',
  'properties.bootstrap.servers' = '${bootstrap-servers}',
  'properties.acks' = 'all',
  'properties.batch.size' = '262144',
  'properties.buffer.memory' = '67108864',
  'properties.linger.ms' = '100',
  'properties.max.request.size' = '33554432',
  -- Its default of an hour is more than brokers allow.
  'properties.transaction.timeout.ms' = '600000',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = '${group}-results',
  -- The default takes a new transactional id at every checkpoint.
  'sink.transaction-naming-strategy' = 'pooling',
  'key.format' = 'raw',
  'key.fields' = 'message_key',
  'value.format' = 'raw',
  'value.fields-include' = 'EXCEPT_KEY'
);

CREATE TABLE dead_letters WITH (
  'topic' = '${dead-letter}',
  'sink.transactional-id-prefix' = '${group}-dead-letters'
) LIKE results;

CREATE TEMPORARY VIEW handled AS
SELECT steps(message_key, message, `topic`, `partition`, `offset`, `timestamp`, `headers`) AS sent, `timestamp`
FROM logins;

EXECUTE STATEMENT SET BEGIN
INSERT INTO results
SELECT sent.message_key, sent.message, `timestamp`, sent.headers FROM handled WHERE sent.accepted;
INSERT INTO dead_letters
SELECT sent.message_key, sent.message, `timestamp`, sent.headers FROM handled WHERE NOT sent.accepted;
END;
