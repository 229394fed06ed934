package dev.rondo.containers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The addresses of one network of the engine, and the one of them that is this machine's. */
record Subnet(InetAddress gateway, InetAddress first, int bits) {

    /**
     * @param text gateway and range, such as {@code 172.18.0.1 172.18.0.0/16}
     */
    static Optional<Subnet> of(String text) {
        if (!text.matches("[0-9.]+ [0-9.]+/[0-9]{1,2}")) {
            return Optional.empty();
        }
        String[] parts = text.split("[ /]");
        try {
            return Optional.of(
                    new Subnet(
                            InetAddress.getByName(parts[0]),
                            InetAddress.getByName(parts[1]),
                            Integer.parseInt(parts[2])));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is one of a container: this machine itself has the gateway's. */
    boolean container(InetAddress address) {
        byte[] one = address.getAddress();
        byte[] other = first.getAddress();
        if (address.equals(gateway) || one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((one[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
