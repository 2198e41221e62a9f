/** The routes as YAML files, edited while they run. A folder's files come in; routes that have been tried out leave to a Camel context. {@link loginstream.route.yaml.YamlRoutes} is the door. */
package loginstream.route.yaml;
