using System.Net;
using System.Net.Sockets;

namespace Kiwire.Snmp;

/// <summary>A port where the system has no calls for many datagrams at once.</summary>
internal sealed class PortableDatagramPort : DatagramPort
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public PortableDatagramPort(AddressFamily family, SnmpClientOptions options, DatagramReceived received)
        : base(family, options) => _loop = ReceiveAsync(received, _stop.Token);

    public override async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Socket.Dispose();
        await _loop.ConfigureAwait(false);
    }

    public override void Dispose()
    {
        base.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync(DatagramReceived received, CancellationToken cancellationToken)
    {
        // Not on the thread of whoever opens the port: it holds the client's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        byte[] buffer = new byte[LongestDatagram];
        SocketAddress from = new(Socket.AddressFamily);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int length = await Socket.ReceiveFromAsync(buffer, SocketFlags.None, from, cancellationToken).ConfigureAwait(false);
                received(PeerAddress.Read(from.Buffer.Span, IsIPv4), buffer.AsSpan(0, length));
            }
            catch (SocketException) when (!cancellationToken.IsCancellationRequested)
            {
                // Some systems report an ICMP message about an earlier datagram here; the request it concerns is sent again or given up.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
