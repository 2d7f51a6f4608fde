using System.Net.Security;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Http;

/// <summary>
/// The certificate of <c>https://</c>: read at start, looked at again and again, and taken anew when its files changed; one that cannot be used
/// leaves the old one in place. New connections get the new one, those that are open go on.
/// </summary>
internal sealed partial class ServerCertificate(IOptions<HttpOptions> options, TimeProvider time, ILogger<ServerCertificate> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>From this long before its end on, the log says so once a day.</summary>
    public static readonly TimeSpan WarnedBefore = TimeSpan.FromDays(30);

    private readonly HttpOptions _options = options.Value;
    private volatile CertificateFile? _current;
    private string? _refused;
    private DateTimeOffset _nextWarning = DateTimeOffset.MinValue;

    /// <summary>When it ends; null: there is none.</summary>
    public DateTimeOffset? Ends => _current?.Ends;

    /// <summary>What a handshake that begins now sends.</summary>
    public SslStreamCertificateContext Context =>
        _current?.Context ?? throw new InvalidOperationException("There is no certificate; the validator of the options lets no https:// address through without one.");

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_options.Certificate.Length > 0)
        {
            _current = CertificateFile.TryRead(_options, out string fault)
                ?? throw new StartUpException($"{HttpOptions.Section}:{nameof(HttpOptions.Certificate)}: {fault}");
            WarnOfEnd();
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes the files if they changed, and warns of a certificate's end.</summary>
    public void Look()
    {
        string? fingerprint = CertificateFile.FingerprintOf(_options);
        if (fingerprint is null ? _refused != "" : fingerprint != _current?.Fingerprint && fingerprint != _refused)
        {
            if (CertificateFile.TryRead(_options, out string fault) is { } changed)
            {
                // The old one is left to the connections that still use it, and to the collector.
                _current = changed;
                _refused = null;
                _nextWarning = DateTimeOffset.MinValue;
                LogChanged(logger, changed.Subject, changed.Ends);
            }
            else
            {
                // Said once: until the files change again.
                _refused = fingerprint ?? "";
                LogKept(logger, fault);
            }
        }

        WarnOfEnd();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_current is null)
        {
            return;
        }

        using PeriodicTimer timer = new(TimeSpan.FromSeconds(_options.CertificateCheckSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private void WarnOfEnd()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_current is { } current && now >= _nextWarning && now > current.Ends - WarnedBefore)
        {
            _nextWarning = now.AddDays(1);
            if (now > current.Ends)
            {
                LogEnded(logger, current.Subject, _options.Certificate, current.Ends);
            }
            else
            {
                LogEnds(logger, current.Subject, _options.Certificate, current.Ends, (int)(current.Ends - now).TotalDays);
            }
        }
    }

    [LoggerMessage(EventId = 850, Level = LogLevel.Information, Message = "The certificate {Subject} is in use; it ends at {Ends:u}")]
    private static partial void LogChanged(ILogger logger, string subject, DateTimeOffset ends);

    [LoggerMessage(EventId = 851, Level = LogLevel.Warning, Message = "The certificate that was there before stays in use. {Fault}")]
    private static partial void LogKept(ILogger logger, string fault);

    [LoggerMessage(EventId = 852, Level = LogLevel.Warning, Message = "The certificate {Subject} of {File} ends at {Ends:u}, in {Days} days: put a new one in its place")]
    private static partial void LogEnds(ILogger logger, string subject, string file, DateTimeOffset ends, int days);

    [LoggerMessage(EventId = 853, Level = LogLevel.Error, Message = "The certificate {Subject} of {File} ended at {Ends:u}: clients refuse it; put a new one in its place")]
    private static partial void LogEnded(ILogger logger, string subject, string file, DateTimeOffset ends);
}
