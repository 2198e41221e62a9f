package loginstream.kafka;

import org.apache.kafka.clients.admin.Admin;

/** The one place where admin clients are made. Each gives up after seconds: somebody is waiting for what it tells. */
public final class AdminClients {
    private AdminClients() {}

    /** A new one, to be closed by the caller. */
    public static Admin open(ClientProperties clients) {
        return Admin.create(clients.admin());
    }
}
