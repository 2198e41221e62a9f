/** Tests of routes that are written in YAML beside them: read, run without a broker, compared, brought up to date. */
package loginstream.route.cases;
