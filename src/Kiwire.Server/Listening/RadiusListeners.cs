using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Network;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Listening;

/// <summary>
/// All RADIUS listeners. They are bound, and receive, when the host's start of this service returns. When it stops, they stop receiving,
/// answer what is under way (5 s), and close. A listener that breaks stops the host.
/// </summary>
internal sealed partial class RadiusListeners : BackgroundService
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainCheckInterval = TimeSpan.FromMilliseconds(10);

    private readonly ListeningOptions _options;
    private readonly DispatcherServices _services;
    private readonly ListeningMetrics _metrics;
    private readonly ILogger<RadiusListeners> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<UdpListener> _listeners = [];
    private readonly List<RadiusEndPoint> _endPoints = [];
    private bool _closed;

    public RadiusListeners(
        IOptions<ListeningOptions> options,
        NasDirectory directory,
        IAccessRequestHandler accessRequests,
        IAccountingRequestHandler accountingRequests,
        IServerHealth health,
        WaitingRequests waiting,
        DropNotices notices,
        ListeningMetrics metrics,
        TimeProvider time,
        ILogger<RequestDispatcher> dispatcherLogger,
        ILogger<RadiusListeners> logger)
    {
        _options = options.Value;
        _metrics = metrics;
        _logger = logger;
        _services = new DispatcherServices(directory, accessRequests, accountingRequests, health, waiting, notices, time, dispatcherLogger)
        {
            Stopping = _stopping.Token,
        };
    }

    /// <summary>Where the server listens, with the ports it got; complete once started.</summary>
    public IReadOnlyList<RadiusEndPoint> EndPoints => _endPoints;

    /// <summary>Binds every endpoint and starts to receive.</summary>
    /// <exception cref="StartUpException">An endpoint cannot be had; the message names it and its option.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            BindAll(ListenerPurpose.Authentication, nameof(ListeningOptions.Authentication), _options.Authentication, 1812);
            BindAll(ListenerPurpose.Accounting, nameof(ListeningOptions.Accounting), _options.Accounting, 1813);
        }
        catch
        {
            Close();
            throw;
        }

        foreach (UdpListener listener in _listeners)
        {
            listener.Start();
        }

        foreach (RadiusEndPoint endPoint in _endPoints)
        {
            LogListening(endPoint.Purpose == ListenerPurpose.Authentication ? "authentication" : "accounting", endPoint.EndPoint);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops receiving, answers what is under way, closes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (UdpListener listener in _listeners)
        {
            listener.StopReceiving();
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_listeners.Select(listener => listener.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (UdpListener listener in _listeners)
        {
            listener.SendDelayed();
        }

        await DrainAsync(cancellationToken).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        Close();
    }

    public override void Dispose()
    {
        Close();
        _stopping.Dispose();
        base.Dispose();
    }

    /// <summary>Lasts until a listener breaks (then it throws, and the host stops) or the server stops.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task ended = Task.WhenAny(_listeners.Select(listener => listener.Ended)).Unwrap();
        await ended.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ended.IsFaulted)
        {
            LogBroken(ended.Exception);
            await ended.ConfigureAwait(false);
        }
    }

    private void BindAll(ListenerPurpose purpose, string list, IReadOnlyList<string> configured, int defaultPort)
    {
        if (configured.Count > 0)
        {
            for (int i = 0; i < configured.Count; i++)
            {
                // The validator has read it before.
                _ = ListeningOptionsValidator.TryParseEndPoint(configured[i], out IPEndPoint endPoint);
                Bind(purpose, endPoint, $"{ListeningOptions.Section}:{list}:{i}");
            }

            return;
        }

        Bind(purpose, new IPEndPoint(IPAddress.Any, defaultPort), $"{ListeningOptions.Section}:{list}");
        try
        {
            Bind(purpose, new IPEndPoint(IPAddress.IPv6Any, defaultPort), $"{ListeningOptions.Section}:{list}");
        }
        catch (StartUpException e) when (e.InnerException is SocketException
        {
            SocketErrorCode: SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported or SocketError.AddressNotAvailable,
        })
        {
            LogNoIPv6(purpose == ListenerPurpose.Authentication ? "authentication" : "accounting");
        }
    }

    private void Bind(ListenerPurpose purpose, IPEndPoint endPoint, string option)
    {
        int threads = _options.ThreadsPerEndpoint == 0 ? Environment.ProcessorCount : _options.ThreadsPerEndpoint;
        DatagramSocket[] sockets = SocketBinder.Bind(endPoint, threads, _options.ReceiveBufferOctets, option);
        _endPoints.Add(new RadiusEndPoint(purpose, sockets[0].EndPoint));
        if (sockets[0].ReceiveBufferOctets < _options.ReceiveBufferOctets)
        {
            LogSmallBuffer(sockets[0].EndPoint, sockets[0].ReceiveBufferOctets, _options.ReceiveBufferOctets);
        }

        foreach (DatagramSocket socket in sockets)
        {
            ListenerCounters counters = new(purpose);
            RequestDispatcher dispatcher = new(_services, _options, counters, socket.CreateBatch);
            _metrics.Add(counters, dispatcher);
            _listeners.Add(new UdpListener(socket, dispatcher, purpose, _metrics));
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        long start = _services.Time.GetTimestamp();
        while ((_services.Waiting.Count > 0 || _listeners.Any(listener => listener.AnswersUnderWay > 0))
            && _services.Time.GetElapsedTime(start) < DrainLimit)
        {
            await Task.Delay(DrainCheckInterval, _services.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _listeners.ForEach(listener => listener.Dispose());
    }

    [LoggerMessage(101, LogLevel.Debug, "Listening for {Purpose} on {EndPoint}")]
    private partial void LogListening(string purpose, IPEndPoint endPoint);

    [LoggerMessage(102, LogLevel.Information, "This machine has no IPv6: {Purpose} is listened for on IPv4 only.")]
    private partial void LogNoIPv6(string purpose);

    [LoggerMessage(104, LogLevel.Information,
        "The system keeps {Granted} octets of unread datagrams for {EndPoint}, not the {Asked} of Kiwire:Radius:ReceiveBufferOctets; bursts may be lost. On Linux, raise net.core.rmem_max.")]
    private partial void LogSmallBuffer(IPEndPoint endPoint, int granted, int asked);

    [LoggerMessage(103, LogLevel.Critical, "A RADIUS listener has broken; the server stops.")]
    private partial void LogBroken(Exception e);
}

/// <summary>An endpoint that the server listens on.</summary>
internal sealed record RadiusEndPoint(ListenerPurpose Purpose, IPEndPoint EndPoint);
