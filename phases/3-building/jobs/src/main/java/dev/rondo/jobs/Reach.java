package dev.rondo.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the server is for steps that do not reach it at the address that the job's variables say.
 *
 * <p>It has two names. Scripts get the plain one, because curl and git take every name below {@code
 * localhost} for their own machine. Actions get, as {@code GITHUB_SERVER_URL}, the one that is
 * known: npm's {@code @actions/artifact} and {@code @actions/cache} refuse to work for a server
 * whose name is not below {@code github.com}, {@code ghe.com} or {@code localhost}. Git is led from
 * both, and from where people find the server, to the plain one.
 *
 * @param told as the variables have it; all without a slash at the end
 * @param published where people find it
 */
public record Reach(String told, String plain, String known, String published) {
    private static final String SERVER = "GITHUB_SERVER_URL";
    private static final String COUNT = "GIT_CONFIG_COUNT";

    /** Of a job, whose services say the rest. */
    public static Reach of(JobOrder order, String plain, String known) {
        return new Reach(
                order.services().server().orElse(plain),
                plain,
                known,
                order.contexts().github().containsKey("server_url")
                        ? order.contexts().github().get("server_url").text()
                        : plain);
    }

    /** The variables of one step, in which every address of the server leads there. */
    public Map<String, String> variables(Map<String, String> all) {
        var seen = new LinkedHashMap<String, String>();
        boolean action = all.containsKey("ACTIONS_RUNTIME_TOKEN");
        all.forEach((name, value) ->
                seen.put(name, led(value, action && name.equals(SERVER) ? known : plain)));
        if (!seen.containsKey(COUNT)) {
            git(seen);
        }
        return seen;
    }

    private String led(String value, String to) {
        boolean ours =
                value.startsWith(told)
                        && (value.length() == told.length()
                                || "/?#".indexOf(value.charAt(told.length())) >= 0);
        return ours ? to + value.substring(told.length()) : value;
    }

    /** Settings of git by variables ({@code git config}, "ENVIRONMENT"). */
    private void git(Map<String, String> variables) {
        int count = 0;
        for (String other : new String[] {published, known, told}) {
            if (!other.equals(plain) && !variables.containsValue(other + "/")) {
                variables.put("GIT_CONFIG_KEY_" + count, "url." + plain + "/.insteadOf");
                variables.put("GIT_CONFIG_VALUE_" + count, other + "/");
                count++;
            }
        }
        if (count > 0) {
            variables.put(COUNT, String.valueOf(count));
        }
    }
}
