package loginstream.console;

/**
 * What a request tells of who sends it: its headers, null where absent. The first three a browser sets itself; no page
 * can forge them.
 *
 * @param host the host and port that the caller believes it speaks to
 * @param origin of the page that sends it; browsers send it with everything that can change something
 * @param fetchSite {@code Sec-Fetch-Site}: how that page's origin relates to this one
 * @param authorization holds the token
 */
record Caller(String host, String origin, String fetchSite, String authorization) {}
