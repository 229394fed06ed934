package dev.rondo.git;

import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;

/** Who wrote or committed something, and when, as git records it; nobody has checked it. */
public record Person(String name, String email, Instant at) {

    static Person of(PersonIdent ident) {
        return new Person(ident.getName(), ident.getEmailAddress(), ident.getWhenAsInstant());
    }
}
