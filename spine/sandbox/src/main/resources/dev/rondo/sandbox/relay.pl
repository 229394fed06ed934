# Leads connections to ports of a program's own loopback interface to sockets of Rondo: port 80 to
# its own HTTP, others to the services of a job. Runs inside the program's network namespace and
# outside everything else; port 80 is below 1024, so that no program can take it or need it.
#
# Arguments: a port and the path of a socket, and so on; says one line on descriptor 9 when it
# listens
use strict;
use warnings;
use Socket;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Errno qw(EAGAIN EINTR);

use constant { MOST => 200, ROOM => 1 << 18, CHUNK => 1 << 16 };

my %paths = @ARGV;
$SIG{PIPE} = 'IGNORE';
my %ends;

sub unblocked {
    my ($handle) = @_;
    fcntl($handle, F_SETFL, fcntl($handle, F_GETFL, 0) | O_NONBLOCK);
    binmode $handle;
    return fileno $handle;
}

my %doors;
for my $port (keys %paths) {
    socket(my $door, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
    setsockopt($door, SOL_SOCKET, SO_REUSEADDR, 1);
    bind($door, sockaddr_in($port, INADDR_LOOPBACK)) or die "port $port: $!";
    listen($door, 128) or die "listen: $!";
    $doors{ unblocked($door) } = { handle => $door, path => $paths{$port} };
}
open(my $ready, '>&=', 9) or die "descriptor 9: $!";
syswrite($ready, "listening\n");
close $ready;

sub enter {
    my ($door) = @_;
    accept(my $inside, $door->{handle}) or return;
    my $outside;
    if (!socket($outside, PF_UNIX, SOCK_STREAM, 0) || !connect($outside, sockaddr_un($door->{path}))) {
        close $inside;
        return;
    }
    my ($near, $far) = (unblocked($inside), unblocked($outside));
    $ends{$near} = { handle => $inside, peer => $far, out => '' };
    $ends{$far} = { handle => $outside, peer => $near, out => '' };
}

sub leave {
    my ($end) = @_;
    my $peer = delete $ends{ $end->{peer} };
    delete $ends{ fileno $end->{handle} };
    close $end->{handle};
    close $peer->{handle} if $peer;
}

# False when the connection is broken.
sub drain {
    my ($end) = @_;
    while (length $end->{out}) {
        my $written = syswrite($end->{handle}, $end->{out}, CHUNK);
        if (!defined $written) {
            return $! == EAGAIN || $! == EINTR;
        }
        substr($end->{out}, 0, $written) = '';
    }
    my $peer = $ends{ $end->{peer} };
    if ($peer->{ended} && !$end->{shut}) {
        shutdown($end->{handle}, 1);
        $end->{shut} = 1;
    }
    return 1;
}

sub take {
    my ($end) = @_;
    my $peer = $ends{ $end->{peer} };
    my $read = sysread($end->{handle}, $peer->{out}, CHUNK, length $peer->{out});
    if (!defined $read) {
        return $! == EAGAIN || $! == EINTR;
    }
    $end->{ended} = 1 if $read == 0;
    return drain($peer);
}

while (1) {
    my ($reads, $writes) = ('', '');
    if (keys(%ends) < 2 * MOST) {
        vec($reads, $_, 1) = 1 for keys %doors;
    }
    for my $number (keys %ends) {
        my $end = $ends{$number};
        vec($reads, $number, 1) = 1
            if !$end->{ended} && length($ends{ $end->{peer} }{out}) < ROOM;
        vec($writes, $number, 1) = 1 if length $end->{out};
    }
    next if select($reads, $writes, undef, undef) < 0;
    my @entering = grep { vec($reads, $_, 1) } keys %doors;
    for my $number (keys %ends) {
        my $end = $ends{$number} or next;
        my $whole = 1;
        $whole = drain($end) if vec($writes, $number, 1);
        $whole = take($end) if $whole && vec($reads, $number, 1);
        my $peer = $ends{ $end->{peer} };
        my $over = $end->{shut} && $peer->{shut};
        leave($end) if !$whole || $over;
    }
    enter($doors{$_}) for @entering;
}
