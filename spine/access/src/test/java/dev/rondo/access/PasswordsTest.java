package dev.rondo.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(PasswordCost.OWASP);

    @Test
    void hashesOfTheReferenceProgramFit() {
        // echo -n "correct horse battery" | argon2 sodiumchloride16 -id -t 2 -k 19456 -p 1 -l 32 -e
        var written =
                "$argon2id$v=19$m=19456,t=2,p=1$c29kaXVtY2hsb3JpZGUxNg"
                        + "$2Ub/bHk7Nk06NTTOl3CBgugFEGI6FgNK/5GO135Ex0E";
        assertThat(passwords.fits("correct horse battery", written)).isTrue();
        assertThat(passwords.fits("correct horse batterz", written)).isFalse();
    }

    @Test
    void eachHashHasItsOwnSaltAndFitsItsPasswordAlone() {
        var one = passwords.hash("grün ist die Heide");
        var other = passwords.hash("grün ist die Heide");
        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
        assertThat(passwords.fits("grün ist die Heide", one)).isTrue();
        assertThat(passwords.fits("gruen ist die Heide", one)).isFalse();
    }

    @Test
    void whatIsNoHashFitsNothing() {
        assertThat(passwords.fits("", "")).isFalse();
        assertThat(passwords.fits("x", "$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA")).isFalse();
    }
}
