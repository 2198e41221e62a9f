# The cluster and the key to it are the provider's (kafka_id, kafka_rest_endpoint, kafka_api_key, kafka_api_secret), so
# that the key is not in the state.
resource "confluent_kafka_topic" "this" {
  for_each = var.topics

  topic_name       = each.key
  partitions_count = each.value.partitions
  config           = each.value.config

  lifecycle {
    prevent_destroy = true
  }
}

resource "confluent_kafka_acl" "this" {
  for_each = var.acls

  resource_type = each.value.resource_type
  resource_name = each.value.name
  pattern_type  = each.value.pattern_type
  principal     = var.principal
  host          = "*"
  operation     = each.value.operation
  permission    = "ALLOW"
}
