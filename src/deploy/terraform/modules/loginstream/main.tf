locals {
  transactional_ids = "${var.group}-"
  redriven_topic    = "${var.dead_letter_topic}.redriven"

  topics = {
    (var.input_topic) = {
      partitions = var.partitions
      config     = { "retention.ms" = var.retention_ms }
    }
    (var.output_topic) = {
      partitions = var.partitions
      config     = { "retention.ms" = var.retention_ms }
    }
    (var.dead_letter_topic) = {
      partitions = var.partitions
      config = {
        "max.message.bytes" = var.dead_letter_max_message_bytes
        "retention.ms"      = var.dead_letter_retention_ms
      }
    }
    # Which dead letters were sent again.
    (local.redriven_topic) = {
      partitions = 1
      config     = { "cleanup.policy" = "compact" }
    }
  }

  # What `acls` tells, in its order. A test compares both.
  rights = {
    run = [
      { operation = "READ", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
      { operation = "READ", resource_type = "GROUP", name = var.group, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.output_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.dead_letter_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TRANSACTIONAL_ID", name = local.transactional_ids, pattern_type = "PREFIXED" },
      { operation = "DESCRIBE_CONFIGS", resource_type = "TOPIC", name = var.output_topic, pattern_type = "LITERAL" },
      { operation = "DESCRIBE_CONFIGS", resource_type = "TOPIC", name = var.dead_letter_topic, pattern_type = "LITERAL" },
    ]
    check = [
      { operation = "READ", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
      { operation = "READ", resource_type = "GROUP", name = var.group, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.output_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.dead_letter_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TRANSACTIONAL_ID", name = local.transactional_ids, pattern_type = "PREFIXED" },
      { operation = "DESCRIBE_CONFIGS", resource_type = "TOPIC", name = var.output_topic, pattern_type = "LITERAL" },
      { operation = "DESCRIBE_CONFIGS", resource_type = "TOPIC", name = var.dead_letter_topic, pattern_type = "LITERAL" },
      { operation = "DESCRIBE_CONFIGS", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
    ]
    generate = [
      { operation = "WRITE", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
    ]
    "dead-letters" = [
      { operation = "READ", resource_type = "TOPIC", name = var.dead_letter_topic, pattern_type = "LITERAL" },
      { operation = "READ", resource_type = "TOPIC", name = local.redriven_topic, pattern_type = "LITERAL" },
      { operation = "CREATE", resource_type = "TOPIC", name = local.redriven_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = local.redriven_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TRANSACTIONAL_ID", name = "${var.dead_letter_topic}.redrive", pattern_type = "LITERAL" },
    ]
    replay = [
      { operation = "READ", resource_type = "TOPIC", name = var.input_topic, pattern_type = "LITERAL" },
      { operation = "READ", resource_type = "GROUP", name = "${var.group}-replay-", pattern_type = "PREFIXED" },
      { operation = "WRITE", resource_type = "TRANSACTIONAL_ID", name = local.transactional_ids, pattern_type = "PREFIXED" },
      { operation = "WRITE", resource_type = "TOPIC", name = var.replayed_topic, pattern_type = "LITERAL" },
      { operation = "WRITE", resource_type = "TOPIC", name = "${var.replayed_topic}.dlq", pattern_type = "LITERAL" },
      { operation = "CREATE", resource_type = "TOPIC", name = var.replayed_topic, pattern_type = "LITERAL" },
      { operation = "CREATE", resource_type = "TOPIC", name = "${var.replayed_topic}.dlq", pattern_type = "LITERAL" },
    ]
  }
}
