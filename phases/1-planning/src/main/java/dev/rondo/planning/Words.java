package dev.rondo.planning;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits texts into words for searching: lower case, without accents, digits and letters only, so
 * that a range of an index finds all words with a beginning on every database.
 */
final class Words {

    private static final int MOST = 400;
    private static final int LONGEST = 32;

    private Words() {}

    static Set<String> of(String... texts) {
        var words = new LinkedHashSet<String>();
        for (var text : texts) {
            for (var word : fold(text).split("[^0-9a-z]+")) {
                if (!word.isEmpty() && words.size() < MOST) {
                    words.add(word.substring(0, Math.min(LONGEST, word.length())));
                }
            }
        }
        return words;
    }

    static List<String> wanted(String query) {
        return List.copyOf(of(query));
    }

    /** The least string that is greater than all with this beginning; empty if there is none. */
    static String end(String beginning) {
        for (int i = beginning.length() - 1; i >= 0; i--) {
            char last = beginning.charAt(i);
            if (last != 'z') {
                char next = last == '9' ? 'a' : (char) (last + 1);
                return beginning.substring(0, i) + next;
            }
        }
        return "";
    }

    /** Letters of other scripts become their number, so that they can be found as well. */
    private static String fold(String text) {
        var plain =
                Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                        .replace("ß", "ss")
                        .replaceAll("\\p{M}", "");
        var folded = new StringBuilder(plain.length());
        plain.codePoints()
                .forEach(sign -> {
                    if (sign < 128 || !Character.isLetterOrDigit(sign)) {
                        folded.appendCodePoint(sign);
                    } else {
                        folded.append('u').append(Integer.toHexString(sign));
                    }
                });
        return folded.toString();
    }
}
