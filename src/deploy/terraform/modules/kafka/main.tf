locals {
  # The provider's words for Kafka's.
  words = {
    READ             = "Read"
    WRITE            = "Write"
    CREATE           = "Create"
    DESCRIBE_CONFIGS = "DescribeConfigs"
    TOPIC            = "Topic"
    GROUP            = "Group"
    TRANSACTIONAL_ID = "TransactionalID"
    LITERAL          = "Literal"
    PREFIXED         = "Prefixed"
  }
}

resource "kafka_topic" "this" {
  for_each = var.topics

  name               = each.key
  partitions         = each.value.partitions
  replication_factor = each.value.replication_factor
  config             = each.value.config

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_acl" "this" {
  for_each = var.acls

  resource_type                = local.words[each.value.resource_type]
  resource_name                = each.value.name
  resource_pattern_type_filter = local.words[each.value.pattern_type]
  acl_principal                = var.principal
  acl_host                     = "*"
  acl_operation                = local.words[each.value.operation]
  acl_permission_type          = "Allow"
}
