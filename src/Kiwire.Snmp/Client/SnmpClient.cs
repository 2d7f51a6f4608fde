using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>
/// Asks any number of agents, thousands of them at once, from one socket for each family of addresses. An answer counts only under the id of
/// a request under way and from the address that it went to; anything else is ignored and counted. Safe for concurrent use; one client is
/// enough for a program.
/// </summary>
public sealed partial class SnmpClient : IAsyncDisposable
{
    private readonly SnmpClientOptions _options;
    private readonly ClientCounters _counters = new();
    private readonly GarbageSources _garbage = new();
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _disposing = new();
    private readonly List<(Exchange Exchange, int Id)> _due = [];
    private readonly ITimer _timer;

    private readonly Lock _lock = new();
    private readonly ExchangeTable _table;
    private readonly DeadlineWheel _deadlines;
    private readonly Stack<Exchange> _idle = [];
    private DatagramPort? _ipv4;
    private DatagramPort? _ipv6;
    private bool _ticking;
    private bool _disposed;

    /// <summary>A client without a socket; these are opened as they are needed.</summary>
    /// <param name="options">How to use the network; null: the defaults.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public SnmpClient(SnmpClientOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new SnmpClientOptions();
        Time = time ?? TimeProvider.System;
        _places = new SemaphoreSlim(_options.MaximumUnderWay);
        _table = new ExchangeTable(_options.MaximumUnderWay);
        _deadlines = new DeadlineWheel(Time);
        _timer = Time.CreateTimer(static state => ((SnmpClient)state!).TickPassed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the client has done so far.</summary>
    public SnmpClientStatistics Statistics => _counters.Read();

    /// <summary>How many requests are under way.</summary>
    public int UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _table.Count;
            }
        }
    }

    internal TimeProvider Time { get; }

    /// <summary>Closes the sockets. Requests under way end with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        Exchange[] underWay;
        DatagramPort?[] ports;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            underWay = [.. _table.All()];
            ports = [_ipv4, _ipv6];
        }

        foreach (Exchange exchange in underWay)
        {
            exchange.Fail(exchange.Id, new ObjectDisposedException(nameof(SnmpClient)));
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        foreach (DatagramPort port in ports.OfType<DatagramPort>())
        {
            await port.StopAsync().ConfigureAwait(false);
            port.Dispose();
        }

        _disposing.Dispose();
    }

    /// <summary>One request, and what the agent answers to it: what may be asked for in pieces is not.</summary>
    internal ValueTask<SnmpOutcome> ExchangeAsync(SnmpTarget target, in PduRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _places.Wait(0, CancellationToken.None)
            ? Begin(target, request, cancellationToken)
            : ExchangeLaterAsync(target, request, cancellationToken);
    }

    internal void Remove(Exchange exchange)
    {
        lock (_lock)
        {
            _deadlines.Drop(exchange);
            _table.Remove(exchange.Id);
            exchange.Id = 0;
        }

        _places.Release();
    }

    /// <summary>Takes back an exchange whose outcome has been taken.</summary>
    internal void Return(Exchange exchange)
    {
        lock (_lock)
        {
            if (_idle.Count < _options.MaximumUnderWay)
            {
                _idle.Push(exchange);
            }
        }
    }

    internal void SetDeadline(Exchange exchange, TimeSpan wait)
    {
        lock (_lock)
        {
            _deadlines.Set(exchange, wait);
            if (!_ticking && !_disposed)
            {
                _ticking = true;
                _timer.Change(DeadlineWheel.Tick, Timeout.InfiniteTimeSpan);
            }
        }
    }

    internal SocketError Send(Exchange exchange, SnmpTarget target, ReadOnlySpan<byte> octets, bool again)
    {
        _counters.Sent(again);
        return Port(target.Family) is { } port ? port.Send(exchange, octets, target.SocketAddress, _table.Count) : SocketError.Shutdown;
    }

    internal void Answered(SnmpFault fault)
    {
        _counters.Answered();
        if (fault == SnmpFault.Malformed)
        {
            _counters.Malformed();
        }
    }

    internal void GaveUp() => _counters.Unanswered();

    internal bool SentGarbage(PeerAddress peer) => _garbage.Remove(peer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SnmpOutcome> ExchangeLaterAsync(SnmpTarget target, PduRequest request, CancellationToken cancellationToken)
    {
        using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token))
        {
            try
            {
                await _places.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ObjectDisposedException(nameof(SnmpClient));
            }
        }

        return await Begin(target, request, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<SnmpOutcome> Begin(SnmpTarget target, in PduRequest request, CancellationToken cancellationToken)
    {
        Exchange? exchange;
        try
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _ = Port(target.Family);
                if (!_idle.TryPop(out exchange))
                {
                    exchange = new Exchange(this);
                }

                exchange.Id = _table.Add(exchange);
            }
        }
        catch (SocketException e)
        {
            _places.Release();
            return ValueTask.FromResult(SnmpOutcome.Failed(SnmpFault.Unreachable, $"the system opens no socket for it and says {e.SocketErrorCode}"));
        }
        catch (ObjectDisposedException)
        {
            _places.Release();
            throw;
        }

        return exchange.Start(target, request, cancellationToken);
    }

    private DatagramPort? Port(AddressFamily family)
    {
        ref DatagramPort? port = ref family == AddressFamily.InterNetwork ? ref _ipv4 : ref _ipv6;
        if (Volatile.Read(ref port) is { } open)
        {
            return open;
        }

        lock (_lock)
        {
            return _disposed ? null : port ??= DatagramPort.Open(family, _options, Receive);
        }
    }

    private void Receive(PeerAddress from, Span<byte> datagram)
    {
        if (!MessageHeader.TryParse(datagram, out MessageHeader header))
        {
            _counters.Malformed();
            _garbage.Add(from);
            return;
        }

        Exchange? exchange = _table.Find(header.Id);
        try
        {
            if (exchange?.Receive(header.Id, from, header.Version, datagram) != true)
            {
                _counters.Unexpected();
            }
        }
        catch (Exception e)
        {
            // A fault of ours, or a cipher that the platform does not have: it ends this request, and nobody else's.
            exchange!.Fail(header.Id, e);
        }
    }

    private void TickPassed()
    {
        // Only one tick is under way at a time: the next is asked for at the end of this.
        lock (_lock)
        {
            _deadlines.TakeDue(_due);
        }

        foreach ((Exchange exchange, int id) in _due)
        {
            try
            {
                exchange.DeadlinePassed(id);
            }
            catch (Exception e)
            {
                exchange.Fail(id, e);
            }
        }

        _due.Clear();
        lock (_lock)
        {
            _ticking = _deadlines.Count > 0 && !_disposed;
            if (_ticking)
            {
                _timer.Change(DeadlineWheel.Tick, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
