using System.Collections.Concurrent;
using System.Data.Common;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Polls the devices that are this server's: begins those whose time has come, many at a time, and takes in what they found. Which are this
/// server's <see cref="PollSharing"/> says; what was found <see cref="PollWriter"/> writes. Neither holds this up.
/// </summary>
internal sealed partial class DevicePoller(
    PollSharing sharing,
    PollWriter writer,
    DevicePoll poll,
    DownReason reasons,
    ConnectedClients clients,
    IdSource ids,
    DevicesMetrics metrics,
    IOptions<DevicesOptions> options,
    TimeProvider time,
    ILogger<DevicePoller> logger) : BackgroundService
{
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan MostWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly PollSchedule _schedule = new(options.Value.ParallelPolls);
    private readonly Dictionary<PolledDevice, Task> _underWay = [];
    private readonly ConcurrentQueue<PolledDevice> _over = new();
    private int _polled;

    // By what has passed since the start: a clock that is set back an hour must not stop all polling for that hour.
    private readonly long _start = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly long _startStamp = time.GetTimestamp();

    private long Now => _start + (long)time.GetElapsedTime(_startStamp).TotalMilliseconds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Poll)
        {
            return;
        }

        metrics.Watch(() => Volatile.Read(ref _polled), () => _schedule.UnderWay);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops = [sharing.RunAsync(stop.Token), FlushAsync(stop.Token), PollAsync(stop.Token)];
        try
        {
            // One that fails takes the host with it.
            await await Task.WhenAny(loops);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(loops.Select(loop => loop.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
            await Task.WhenAll(_underWay.Values);
            _ = await writer.FlushAsync(CancellationToken.None);
            await sharing.LeaveAsync();
        }
    }

    private async Task PollAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Settle();
            while (sharing.TryTake(out PollDuty? duty))
            {
                Take(duty);
            }

            long now = Now;
            while (_schedule.TryBegin(now, out PolledDevice? device))
            {
                _underWay[device] = PollAsync(device, stoppingToken);
            }

            TimeSpan wait = _schedule.NextAt() is { } next ? TimeSpan.FromMilliseconds(next - now) : MostWait;
            await Task.Delay(wait < LeastWait ? LeastWait : wait > MostWait ? MostWait : wait, time, stoppingToken);
        }
    }

    private async Task FlushAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(FlushEvery, time, stoppingToken);
            foreach (PolledDevice lost in await writer.FlushAsync(stoppingToken))
            {
                sharing.Lose(lost);
            }
        }
    }

    /// <summary>Takes back the devices whose polls are over.</summary>
    private void Settle()
    {
        while (_over.TryDequeue(out PolledDevice? device))
        {
            _ = _underWay.Remove(device);
            _schedule.End(device);
            if (!device.IsReleased)
            {
                Plan(device, device.DueAt + 1);
            }
        }
    }

    private void Take(PollDuty duty)
    {
        switch (duty)
        {
            case { IsReleased: true }:
                duty.Device.IsReleased = true;
                PollSchedule.Remove(duty.Device);
                _polled--;
                break;
            case { Access: { } access }:
                // A poll that is under way goes on as it began.
                duty.Device.NextAccess = access;
                if (!duty.Device.IsUnderWay)
                {
                    Plan(duty.Device, Math.Min(Now, duty.Device.DueAt));
                }

                break;
            default:
                Plan(duty.Device, Now);
                _polled++;
                break;
        }
    }

    private void Plan(PolledDevice device, long from)
    {
        if (device.NextAccess is { } access)
        {
            device.Access = access;
            device.NextAccess = null;
            device.Target = null;
            device.Plan = null;
        }

        // A moment that passed while it was polled is made up for; more than one is not.
        int seconds = device.Access.PollSeconds;
        _schedule.Add(device, PollSchedule.NextMoment(device.DeviceId, seconds, Math.Max(from, Now - (seconds * 1000L) + 1)));
    }

    private async Task PollAsync(PolledDevice device, CancellationToken stoppingToken)
    {
        TimeSpan late = TimeSpan.FromMilliseconds(Math.Max(0, Now - device.DueAt));
        string outcome = "failed";
        try
        {
            // On a thread of the pool: making a plan or a key takes time.
            await Task.Yield();
            PollResult result = await poll.RunAsync(device, stoppingToken);
            outcome = result.IsAlive ? "answered" : result.Fault.ToString();
            Take(device, result.IsAlive ? result : await reasons.FindAsync(device, result, stoppingToken));
            if (result.IsAlive)
            {
                await clients.ReadAsync(device, stoppingToken);
            }
        }
        catch (Exception e) when (stoppingToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            outcome = "cancelled";
        }
        catch (DbException e)
        {
            LogClients(logger, device.Access.Identity, device.TenantId, e.Message);
        }
        catch (Exception e)
        {
            // A bug: it must not end the polling of the others.
            LogFailed(logger, device.Access.Identity, device.TenantId, e);
        }
        finally
        {
            metrics.Polled(outcome, late);
            _over.Enqueue(device);
        }
    }

    private void Take(PolledDevice device, PollResult result)
    {
        ConditionChange change = result.IsAlive
            ? device.Condition.Answered(result.At, result.RoundTrip, result.UpTicks, result.Text)
            : device.Condition.Unanswered(result.At, result.Text);
        DeviceEvent? happened = change.Event is not { } kind ? null : new DeviceEvent
        {
            TenantId = device.TenantId,
            EventId = ids.Next(),
            DeviceId = device.DeviceId,
            Identity = device.Access.Identity,
            At = result.At,
            Kind = kind,
            Detail = change.Detail,
        };
        if (change.Restarted)
        {
            // What it has may be other than before, under the same numbers.
            device.PlanUntil = 0;
        }

        Log(happened, change.IsNews);
        metrics.Forgot(device.Take(change, happened, result.Series, result.Values));
        writer.Add(device);
    }

    private void Log(DeviceEvent? happened, bool isNews)
    {
        switch (happened?.Kind)
        {
            case DeviceEventKind.Down:
                LogDown(logger, happened.Identity, happened.TenantId, happened.Detail);
                break;
            case DeviceEventKind.Up when isNews:
                LogUp(logger, happened.Identity, happened.TenantId, happened.Detail);
                break;
            case DeviceEventKind.Restarted:
                LogRestarted(logger, happened.Identity, happened.TenantId, happened.Detail);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(1200, LogLevel.Warning, "Device {Device} of tenant {TenantId} is down. {Detail}")]
    private static partial void LogDown(ILogger logger, string device, long tenantId, string detail);

    [LoggerMessage(1201, LogLevel.Information, "Device {Device} of tenant {TenantId} is up again. {Detail}")]
    private static partial void LogUp(ILogger logger, string device, long tenantId, string detail);

    [LoggerMessage(1202, LogLevel.Information, "Device {Device} of tenant {TenantId} has restarted. {Detail}")]
    private static partial void LogRestarted(ILogger logger, string device, long tenantId, string detail);

    [LoggerMessage(1204, LogLevel.Warning, "The clients of device {Device} of tenant {TenantId} cannot be looked up at the moment, the database is away: {Reason}")]
    private static partial void LogClients(ILogger logger, string device, long tenantId, string reason);

    [LoggerMessage(1203, LogLevel.Error, "Device {Device} of tenant {TenantId} could not be polled")]
    private static partial void LogFailed(ILogger logger, string device, long tenantId, Exception exception);
}
