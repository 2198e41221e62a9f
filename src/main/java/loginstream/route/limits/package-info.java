/** What routes may use of Camel and of Java. Names come in; a Camel context that refuses everything else leaves, whether a route names it or computes it. {@link loginstream.route.limits.RouteLimits} is the door. */
package loginstream.route.limits;
