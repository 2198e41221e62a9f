output "topics" {
  description = "Topics by name, with partitions, replication factor and settings."
  value = {
    for name, topic in local.topics : name => {
      partitions         = topic.partitions
      replication_factor = var.replication_factor
      config             = merge({ "min.insync.replicas" = var.min_insync_replicas }, topic.config)
    } if name != ""
  }

  precondition {
    condition     = length(distinct([var.input_topic, var.output_topic, var.dead_letter_topic])) == 3
    error_message = "The input, output and dead-letter topics must differ."
  }
  precondition {
    condition     = var.min_insync_replicas <= var.replication_factor
    error_message = "There are fewer replicas than must have a record."
  }
}

output "acls" {
  description = "Rights that the commands need, by a text that names each, in Kafka's own words."
  value = {
    for right in distinct(flatten([for command in var.commands : local.rights[command]])) :
    "${right.operation} ${right.resource_type} ${right.name}${right.pattern_type == "PREFIXED" ? "*" : ""}" => right
    if right.name != ""
  }
}
