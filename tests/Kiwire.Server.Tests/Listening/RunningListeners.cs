using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Listening;

/// <summary>The real listeners on 127.0.0.1, on ports that the system picks, with every loopback address a known NAS, and handlers that do as told.</summary>
internal sealed class RunningListeners : IAsyncDisposable
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private bool _stopped;

    public RunningListeners(ListeningOptions? options = null, TimeProvider? time = null, NasEntry[]? entries = null)
    {
        options ??= new ListeningOptions { Authentication = ["127.0.0.1:0"], Accounting = ["127.0.0.1:0"] };
        Directory.Replace(entries ?? [NetworkSamples.Entry(1, "127.0.0.0/8"), NetworkSamples.Entry(2, "::1/128")]);
        WaitingRequests waiting = new(options.WaitingRequestLimit);
        IMeterFactory meters = _provider.GetRequiredService<IMeterFactory>();
        Meters = new MeterReader(meters);
        Metrics = new ListeningMetrics(meters, waiting);
        Listeners = new RadiusListeners(
            Options.Create(options), Directory, Access, Accounting, Health, waiting, new DropNotices(NullLogger<DropNotices>.Instance), Metrics,
            time ?? TimeProvider.System, NullLogger<RequestDispatcher>.Instance, NullLogger<RadiusListeners>.Instance);
    }

    public NasDirectory Directory { get; } = new();

    public FakeAccessHandler Access { get; } = new();

    public FakeAccountingHandler Accounting { get; } = new();

    public FakeHealth Health { get; } = new();

    public ListeningMetrics Metrics { get; }

    public MeterReader Meters { get; }

    public RadiusListeners Listeners { get; }

    public IPEndPoint EndPoint(ListenerPurpose purpose) => Listeners.EndPoints.First(endPoint => endPoint.Purpose == purpose).EndPoint;

    public static async Task<RunningListeners> StartAsync(ListeningOptions? options = null, TimeProvider? time = null, NasEntry[]? entries = null)
    {
        RunningListeners running = new(options, time, entries);
        await running.Listeners.StartAsync(CancellationToken.None);
        return running;
    }

    public FakeNas Nas(ListenerPurpose purpose) => new(EndPoint(purpose));

    public async Task StopAsync()
    {
        _stopped = true;
        await Listeners.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        Listeners.Dispose();
        Meters.Dispose();
        await _provider.DisposeAsync();
    }
}

/// <summary>A NAS's socket.</summary>
internal sealed class FakeNas : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;

    public FakeNas(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(server);
    }

    public void Send(byte[] datagram) => _socket.Send(datagram);

    /// <summary>The next datagram; the test fails where none comes.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        byte[] buffer = new byte[5000];
        using CancellationTokenSource patience = new(Patience);
        int length = await _socket.ReceiveAsync(buffer, patience.Token);
        return buffer[..length];
    }

    public async Task<byte[]> ExchangeAsync(byte[] datagram)
    {
        Send(datagram);
        return await ReceiveAsync();
    }

    public void Dispose() => _socket.Dispose();
}
