package dev.rondo.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses Rondo may call when a user names the target: all of the public internet, and of
 * the rest (this machine, its link, private networks, what clouds tell their machines at
 * 169.254.169.254) only what an administrator allows. Otherwise whoever owns a project could look
 * around in the network behind the firewall.
 */
public final class Reach {

    /** Nothing beyond the public internet. */
    public static final Reach PUBLIC = new Reach(List.of(), Set.of());

    /** What is not the public internet, from the registries of special-purpose addresses. */
    private static final List<Block> SPECIAL =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8");

    /** IPv6 addresses that carry an IPv4 address: by their block, and where it stands in them. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private static final Block NAT64_LOCAL = Block.of("64:ff9b:1::/48");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private final List<Block> allowed;
    private final Set<String> hosts;

    private Reach(List<Block> allowed, Set<String> hosts) {
        this.allowed = allowed;
        this.hosts = hosts;
    }

    /**
     * @param list addresses ({@code 10.1.2.3}), blocks ({@code 10.0.0.0/8}) and host names ({@code
     *     hooks.corp.example}), with commas or blanks between them
     * @throws IllegalArgumentException with the part that is none of these
     */
    public static Reach allowing(String list) {
        var blocks = new ArrayList<Block>();
        var hosts = new HashSet<String>();
        for (var part : list.strip().split("[,\\s]+")) {
            if (part.isEmpty()) {
                continue;
            }
            if (part.matches("[0-9.]+(/\\d+)?") || part.contains(":")) {
                blocks.add(Block.of(part));
            } else if (part.matches("(?i)[a-z0-9_]([a-z0-9._-]{0,252}[a-z0-9])?")) {
                hosts.add(part.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException(part);
            }
        }
        return new Reach(List.copyOf(blocks), Set.copyOf(hosts));
    }

    private static List<Block> blocks(String... blocks) {
        return Arrays.stream(blocks).map(Block::of).toList();
    }

    /** Whether the address that a host's name stands for right now may be called. */
    boolean allows(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT))
                || allowed.stream().anyMatch(block -> block.contains(address))
                || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        if (SPECIAL.stream().anyMatch(block -> block.contains(address))) {
            return false;
        }
        if (NAT64_LOCAL.contains(address)) {
            return false;
        }
        var bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return isPublic(inner(bytes, 12));
        }
        return !SIX_TO_FOUR.contains(address) || isPublic(inner(bytes, 2));
    }

    private static InetAddress inner(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The addresses that begin with the same bits. */
    private record Block(byte[] start, int bits) {

        static Block of(String text) {
            var parts = text.split("/", 2);
            try {
                if (!parts[0].contains(":") && !parts[0].matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
                    throw new IllegalArgumentException(text);
                }
                // An address in digits is only read, never looked up.
                var start = InetAddress.getByName(parts[0]).getAddress();
                int bits = parts.length == 1 ? start.length * 8 : Integer.parseInt(parts[1]);
                if (bits < 0 || bits > start.length * 8) {
                    throw new IllegalArgumentException(text);
                }
                return new Block(start, bits);
            } catch (UnknownHostException | NumberFormatException malformed) {
                throw new IllegalArgumentException(text, malformed);
            }
        }

        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An IPv6 address in a URI stands in brackets. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
