package dev.rondo.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the ports can be had: asked before anything is touched. */
final class Listening {

    private Listening() {}

    /**
     * @throws UsageProblem naming the port, why it cannot be had, and the flag for another one
     */
    static void requireFree(Settings settings) {
        if (settings.port() == settings.routerPort() && settings.port() != 0) {
            throw new UsageProblem(
                    "--port and --router-port are both "
                            + settings.port()
                            + "; pages and deployed services need a port each");
        }
        try (var web = bind(settings.host(), settings.port(), "--port");
                var router = bind(settings.host(), settings.routerPort(), "--router-port")) {
            if (!web.isBound() || !router.isBound()) {
                throw new IllegalStateException("not bound");
            }
        } catch (IOException failed) {
            throw new UsageProblem("cannot listen on " + settings.host() + ": " + failed);
        }
    }

    private static ServerSocket bind(String host, int port, String flag) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UsageProblem(
                    "the host " + host + " is not known; --host takes an address of this machine");
        }
        var socket = new ServerSocket();
        try {
            socket.bind(address);
            return socket;
        } catch (BindException refused) {
            socket.close();
            throw new UsageProblem(why(host, port, flag, String.valueOf(refused.getMessage())));
        }
    }

    private static String why(String host, int port, String flag, String said) {
        var place = host + ":" + port;
        if (said.contains("in use")) {
            return place
                    + " is in use by another program; stop it, or choose another port with "
                    + flag;
        } else if (said.contains("Permission denied")) {
            return "this user may not listen on "
                    + place
                    + "; choose a port above 1023 with "
                    + flag
                    + ", or give the right to it";
        }
        return "cannot listen on "
                + place
                + " ("
                + said
                + "); --host takes an address of this machine";
    }
}
