package dev.rondo.sandbox;

/**
 * Names an instance across restarts of Rondo. Keep {@link #encoded()} and give it back to {@link
 * Sandbox#adopt}.
 *
 * @param id unique; also the name of its folder
 * @param pid process that guards it
 * @param started start of that process in clock ticks after boot, so that a reused pid is not taken
 *     for it
 * @param port on the server's 127.0.0.1
 */
public record Handle(String id, long pid, long started, int port) {

    public String encoded() {
        return id + ":" + pid + ":" + started + ":" + port;
    }

    public static Handle decode(String encoded) {
        var parts = encoded.split(":", -1);
        if (parts.length != 4 || !parts[0].matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("not the handle of an instance: " + encoded);
        }
        return new Handle(
                parts[0],
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]));
    }
}
