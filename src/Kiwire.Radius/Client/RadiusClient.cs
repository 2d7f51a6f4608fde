using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Client;

/// <summary>
/// Sends requests to any number of servers and waits for their answers: Access-Request, Accounting-Request, Status-Server, and as a
/// dynamic authorization client CoA-Request and Disconnect-Request. Each request keeps its identifier, octets and source port when it is
/// sent again (RFC 5080, 2.2.1). An answer counts only if it comes from the server, under the identifier, with a right Response
/// Authenticator and Message-Authenticator; anything else is ignored and counted. Safe for concurrent use; one client is enough for a
/// program.
/// </summary>
public sealed class RadiusClient : IAsyncDisposable
{
    private static ReadOnlySpan<byte> SixteenZeros => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly RadiusClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientCounters _counters = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<IPEndPoint, ServerTraffic> _traffic = [];
    private readonly List<SourcePort> _ipv4 = [];
    private readonly List<SourcePort> _ipv6 = [];
    private readonly CancellationTokenSource _disposing = new();
    private bool _disposed;

    /// <summary>A client without a socket; source ports are opened as they are needed.</summary>
    /// <param name="options">How to use the network; null: the defaults.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public RadiusClient(RadiusClientOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new RadiusClientOptions();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>What the client has done so far.</summary>
    public RadiusClientStatistics Statistics => _counters.Read();

    /// <summary>Sends a request and waits for its answer, or for the time to be up.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="code">Access-Request, Accounting-Request, Status-Server, CoA-Request or Disconnect-Request.</param>
    /// <param name="append">Appends the attributes other than Message-Authenticator; called once, on the caller's thread where there is a
    /// free identifier. Null: none.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The answer, or that there is none.</returns>
    /// <exception cref="ArgumentException">The code is not a request's, or the attributes do not fit in a packet.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was while the request was under way, disposed.</exception>
    /// <exception cref="SocketException">No socket could be opened.</exception>
    public async Task<RadiusExchange> ExchangeAsync(
        RadiusServer server, RadiusCode code, AttributeAppender? append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (code is not (RadiusCode.AccessRequest or RadiusCode.AccountingRequest or RadiusCode.StatusServer
            or RadiusCode.CoaRequest or RadiusCode.DisconnectRequest))
        {
            throw new ArgumentException($"{code} is not a request.", nameof(code));
        }

        ServerTraffic traffic = Enter(server.EndPoint);
        try
        {
            await PassAsync(traffic.Gate, cancellationToken).ConfigureAwait(false);
            try
            {
                return await ExchangeAsync(traffic, server, code, append, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                traffic.Gate.Release();
            }
        }
        finally
        {
            Leave(traffic);
        }
    }

    /// <summary>Closes the sockets. Requests under way end with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        List<SourcePort> ports;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            ports = [.. _ipv4, .. _ipv6];
            foreach (PendingExchange exchange in _traffic.Values.SelectMany(static traffic => traffic.All()))
            {
                exchange.Fail(new ObjectDisposedException(nameof(RadiusClient)));
            }
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        foreach (SourcePort port in ports)
        {
            await port.StopAsync().ConfigureAwait(false);
            port.Dispose();
        }

        _disposing.Dispose();
    }

    private async Task<RadiusExchange> ExchangeAsync(
        ServerTraffic traffic, RadiusServer server, RadiusCode code, AttributeAppender? append, CancellationToken cancellationToken)
    {
        using PendingExchange exchange = new(server with { EndPoint = traffic.EndPoint }, _time, _counters);
        (SourcePort port, byte identifier) = Take(traffic, exchange);
        try
        {
            RadiusPacket request = Build(server, code, identifier, append);
            Task<RadiusExchange> outcome = exchange.Start(request, port);
            using (cancellationToken.UnsafeRegister(static (state, token) => ((PendingExchange)state!).Cancel(token), exchange))
            {
                return await outcome.ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
            {
                traffic.Free(port.Index, identifier);
            }
        }
    }

    private static RadiusPacket Build(RadiusServer server, RadiusCode code, byte identifier, AttributeAppender? append)
    {
        PacketWriter writer = new();
        bool provesByMessageAuthenticator = code is RadiusCode.AccessRequest or RadiusCode.StatusServer;
        Span<byte> authenticator = stackalloc byte[PacketView.AuthenticatorLength];
        if (provesByMessageAuthenticator)
        {
            RandomNumberGenerator.Fill(authenticator);
        }
        else
        {
            SixteenZeros.CopyTo(authenticator);
        }

        // Accounting-Requests go without one, as they always have: their authenticator proves as much, and old servers know no other.
        bool messageAuthenticator = provesByMessageAuthenticator || (code != RadiusCode.AccountingRequest && server.SendMessageAuthenticator);
        writer.Begin(code, identifier, authenticator, messageAuthenticator);
        append?.Invoke(writer, new AttributeContext(server.Secret, authenticator));
        if (writer.Overflowed)
        {
            throw new ArgumentException("The attributes do not fit in a packet of 4096 octets.", nameof(append));
        }

        if (provesByMessageAuthenticator)
        {
            writer.FinishAccessRequest(server.Secret);
        }
        else
        {
            writer.FinishSignedRequest(server.Secret);
        }

        return RadiusPacket.TryParse(writer.Octets, out RadiusPacket? packet, out PacketFault fault)
            ? packet
            : throw new ArgumentException($"The attributes do not make a packet: {fault}.", nameof(append));
    }

    private async Task PassAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        if (gate.Wait(0, CancellationToken.None))
        {
            return;
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            await gate.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(RadiusClient));
        }
    }

    private ServerTraffic Enter(IPEndPoint endPoint)
    {
        IPEndPoint key = endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_traffic.TryGetValue(key, out ServerTraffic? traffic))
            {
                traffic = new ServerTraffic(new IPEndPoint(key.Address, key.Port), _options.MaximumPorts);
                _traffic.Add(traffic.EndPoint, traffic);
            }

            traffic.Users++;
            return traffic;
        }
    }

    private void Leave(ServerTraffic traffic)
    {
        lock (_lock)
        {
            if (--traffic.Users == 0)
            {
                _traffic.Remove(traffic.EndPoint);
                traffic.Dispose();
            }
        }
    }

    private (SourcePort Port, byte Identifier) Take(ServerTraffic traffic, PendingExchange exchange)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            AddressFamily family = traffic.EndPoint.AddressFamily;
            List<SourcePort> ports = family == AddressFamily.InterNetwork ? _ipv4 : _ipv6;
            (int port, byte identifier) = traffic.Take(exchange);
            try
            {
                while (ports.Count <= port)
                {
                    ports.Add(new SourcePort(family, ports.Count, _options, Receive));
                }
            }
            catch
            {
                traffic.Free(port, identifier);
                throw;
            }

            return (ports[port], identifier);
        }
    }

    private void Receive(SourcePort port, IPEndPoint from, Memory<byte> datagram)
    {
        if (!PacketView.TryParse(datagram.Span, out PacketView packet, out _))
        {
            _counters.Malformed();
            return;
        }

        PendingExchange? exchange;
        lock (_lock)
        {
            exchange = _traffic.TryGetValue(from, out ServerTraffic? traffic) ? traffic.Find(port.Index, packet.Identifier) : null;
        }

        if (exchange is null)
        {
            _counters.Unexpected();
            return;
        }

        exchange.Receive(packet);
    }
}
