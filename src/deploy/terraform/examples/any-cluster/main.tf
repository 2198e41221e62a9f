provider "kafka" {
  bootstrap_servers = var.bootstrap_servers
  tls_enabled       = true
  ca_cert           = var.ca_cert
  sasl_mechanism    = var.sasl_mechanism
  sasl_username     = var.sasl_username
  sasl_password     = var.sasl_password
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

module "cluster" {
  source = "../../modules/kafka"

  topics    = merge(concat([for sink in module.sink : sink.topics], [module.loginstream.topics])...)
  acls      = merge(concat([for sink in module.sink : sink.acls], [module.loginstream.acls])...)
  principal = var.principal
}
