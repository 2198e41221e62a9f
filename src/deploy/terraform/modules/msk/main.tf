locals {
  iam_port = 9098

  # What IAM calls Kafka's rights.
  actions = {
    TOPIC = {
      READ             = ["DescribeTopic", "ReadData"]
      WRITE            = ["DescribeTopic", "WriteData"]
      CREATE           = ["CreateTopic"]
      DESCRIBE_CONFIGS = ["DescribeTopicDynamicConfiguration"]
    }
    GROUP = {
      READ = ["DescribeGroup", "AlterGroup"]
    }
    TRANSACTIONAL_ID = {
      WRITE = ["DescribeTransactionalId", "AlterTransactionalId"]
    }
  }
  kinds = {
    TOPIC            = "topic"
    GROUP            = "group"
    TRANSACTIONAL_ID = "transactional-id"
  }

  # All rights on one thing: a statement each.
  rights = { for acl in var.acls : "${acl.resource_type} ${acl.pattern_type} ${acl.name}" => acl... }
}

resource "aws_security_group" "brokers" {
  name        = "${var.name}-brokers"
  description = "Brokers of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.brokers.id
  referenced_security_group_id = each.value
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = local.iam_port
  to_port                      = local.iam_port
}

# Nobody makes topics by writing to them, and no replica that lacks records becomes a leader.
resource "aws_msk_configuration" "this" {
  name = var.name

  server_properties = <<-EOT
    auto.create.topics.enable=false
    unclean.leader.election.enable=false
  EOT
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.name
  kafka_version          = var.kafka_version
  number_of_broker_nodes = var.broker_count

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = var.subnet_ids
    security_groups = [aws_security_group.brokers.id]

    storage_info {
      ebs_storage_info {
        volume_size = var.volume_gib
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  client_authentication {
    sasl {
      iam = true
    }
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "client" {
  # A producer with transactions is an idempotent one.
  statement {
    actions   = ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"]
    resources = [aws_msk_cluster.this.arn]
  }

  dynamic "statement" {
    for_each = local.rights

    content {
      actions = distinct(flatten([
        for acl in statement.value :
        [for action in local.actions[acl.resource_type][acl.operation] : "kafka-cluster:${action}"]
      ]))
      # arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, and of a topic in there ...:topic/NAME/UUID/TOPIC
      resources = [join("", [
        replace(aws_msk_cluster.this.arn, ":cluster/", ":${local.kinds[statement.value[0].resource_type]}/"),
        "/${statement.value[0].name}${statement.value[0].pattern_type == "PREFIXED" ? "*" : ""}",
      ])]
    }
  }
}

resource "aws_iam_policy" "client" {
  name        = "${var.name}-client"
  description = "What Loginstream may do with the cluster ${var.name}"
  policy      = data.aws_iam_policy_document.client.json
}
