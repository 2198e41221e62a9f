provider "aws" {
  region = var.region
}

# Whoever runs Terraform logs in with the AWS credentials at hand.
provider "kafka" {
  bootstrap_servers = split(",", module.msk.bootstrap_brokers)
  tls_enabled       = true
  sasl_mechanism    = "aws-iam"
  sasl_aws_region   = var.region
}

module "loginstream" {
  source = "../../modules/loginstream"
}

# A sink is a process like the other one: it reads the output topic, in a group and with dead letters of its own.
module "sink" {
  source   = "../../modules/loginstream"
  for_each = var.sinks

  input_topic       = "processed-data"
  output_topic      = ""
  dead_letter_topic = "processed-data.${each.key}.dlq"
  group             = "loginstream-${each.key}"
}

module "msk" {
  source = "../../modules/msk"

  vpc_id                    = var.vpc_id
  subnet_ids                = var.subnet_ids
  client_security_group_ids = var.client_security_group_ids
  acls                      = merge(concat([for sink in module.sink : sink.acls], [module.loginstream.acls])...)
}

# No ACLs: with IAM the policy decides.
module "cluster" {
  source = "../../modules/kafka"

  topics = merge(concat([for sink in module.sink : sink.topics], [module.loginstream.topics])...)
  acls   = {}
}
