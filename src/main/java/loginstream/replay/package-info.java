/** Records of the past once more through a route, into other topics: what of them, how far it has come, what came out. */
package loginstream.replay;
