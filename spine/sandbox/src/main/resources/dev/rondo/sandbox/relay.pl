# Leads connections to port 80 of a program's own loopback interface to Rondo's socket. Runs inside
# the program's network namespace and outside everything else; the port is below 1024, so that no
# program can take it or need it.
#
# $1 path of Rondo's socket; says one line on descriptor 9 when it listens
use strict;
use warnings;
use Socket;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Errno qw(EAGAIN EINTR);

use constant { PORT => 80, MOST => 200, ROOM => 1 << 18, CHUNK => 1 << 16 };

my ($path) = @ARGV;
$SIG{PIPE} = 'IGNORE';
my %ends;

sub unblocked {
    my ($handle) = @_;
    fcntl($handle, F_SETFL, fcntl($handle, F_GETFL, 0) | O_NONBLOCK);
    binmode $handle;
    return fileno $handle;
}

socket(my $door, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
setsockopt($door, SOL_SOCKET, SO_REUSEADDR, 1);
bind($door, sockaddr_in(PORT, INADDR_LOOPBACK)) or die "port 80: $!";
listen($door, 128) or die "listen: $!";
unblocked($door);
open(my $ready, '>&=', 9) or die "descriptor 9: $!";
syswrite($ready, "listening\n");
close $ready;

sub enter {
    accept(my $inside, $door) or return;
    my $outside;
    if (!socket($outside, PF_UNIX, SOCK_STREAM, 0) || !connect($outside, sockaddr_un($path))) {
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
    vec($reads, fileno $door, 1) = 1 if keys(%ends) < 2 * MOST;
    for my $number (keys %ends) {
        my $end = $ends{$number};
        vec($reads, $number, 1) = 1
            if !$end->{ended} && length($ends{ $end->{peer} }{out}) < ROOM;
        vec($writes, $number, 1) = 1 if length $end->{out};
    }
    next if select($reads, $writes, undef, undef) < 0;
    enter() if vec($reads, fileno $door, 1);
    for my $number (keys %ends) {
        my $end = $ends{$number} or next;
        my $whole = 1;
        $whole = drain($end) if vec($writes, $number, 1);
        $whole = take($end) if $whole && vec($reads, $number, 1);
        my $peer = $ends{ $end->{peer} };
        my $over = $end->{shut} && $peer->{shut};
        leave($end) if !$whole || $over;
    }
}
