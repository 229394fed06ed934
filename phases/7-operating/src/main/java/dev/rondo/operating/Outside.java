package dev.rondo.operating;

import dev.rondo.operating.ChannelSettings.Mail;
import dev.rondo.store.Secrets;
import dev.rondo.web.Outgoing;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The ways out of Rondo. A mail server that the program was started with wins over the one that an
 * administrator saved.
 */
record Outside(Outgoing webhooks, Optional<Mail> fixedMail) {

    Optional<Mail> mail(Handle sql, Secrets secrets) {
        return fixedMail.or(() -> ChannelSettings.mail(sql, secrets));
    }

    boolean mailConfigured(Handle sql) {
        return fixedMail.isPresent() || ChannelSettings.mailConfigured(sql);
    }
}
