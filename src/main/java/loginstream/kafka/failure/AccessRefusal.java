package loginstream.kafka.failure;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** Which errors mean that this client is not let in, or has no right to do what it does: neither passes by itself. */
public final class AccessRefusal {
    /** Alerts of TLS that say so; which of them depends on the broker's implementation, whatever is wrong. */
    private static final Pattern OF_A_CERTIFICATE =
            Pattern.compile("Received fatal alert: (certificate_|bad_certificate|unsupported_certificate|unknown_ca)");

    private AccessRefusal() {}

    /** Who refuses whom, and why, in one line for whoever has set it up; empty where it is another kind of failure. */
    public static Optional<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SslAuthenticationException) {
                return Optional.of(tls(Reason.innermost(cause)));
            }
            if (cause instanceof AuthenticationException) {
                return Optional.of("the brokers refuse the login: " + Reason.oneLine(cause.getMessage()));
            }
            if (cause instanceof LoginException) {
                return Optional.of("no proof of who this is to be had: " + innermost(cause.getMessage()));
            }
            if (cause instanceof AuthorizationException) {
                return Optional.of("the brokers refuse access: " + right(cause));
            }
        }
        return Optional.empty();
    }

    /** Java puts the causes, with their traces, into the message. */
    private static String innermost(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.substring(line.lastIndexOf("Exception: ") < 0 ? 0 : line.lastIndexOf("Exception: ") + 11);
    }

    private static String tls(Throwable root) {
        String message = Reason.oneLine(root.getMessage());
        if (root instanceof CertificateExpiredException) {
            return "the certificate of the brokers has expired: " + message;
        }
        if (root instanceof CertificateNotYetValidException) {
            return "the certificate of the brokers is not valid yet: " + message;
        }
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return "the certificate of the brokers is from no authority that is trusted here: " + message;
        }
        if (root instanceof CertificateException) {
            return "the certificate of the brokers does not fit: " + message;
        }
        if (root.getMessage() != null
                && OF_A_CERTIFICATE.matcher(root.getMessage()).find()) {
            return "the brokers refuse the certificate of this client, which they do not know, has expired or is missing: "
                    + message;
        }
        return "no TLS connection with the brokers: " + message;
    }

    private static String right(Throwable refusal) {
        if (refusal instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return "no right on topic " + String.join(", ", new TreeSet<>(topics.unauthorizedTopics()));
        }
        if (refusal instanceof GroupAuthorizationException group && group.groupId() != null) {
            return "no right on group " + group.groupId();
        }
        if (refusal instanceof TransactionalIdAuthorizationException) {
            return "no right on the transactional id";
        }
        if (refusal instanceof ClusterAuthorizationException) {
            return "no right on the cluster";
        }
        return Reason.oneLine(refusal.getMessage());
    }
}
