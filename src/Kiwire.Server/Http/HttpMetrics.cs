using System.Diagnostics.Metrics;

namespace Kiwire.Server.Http;

/// <summary>What the HTTP port measures.</summary>
internal sealed class HttpMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public HttpMetrics(IMeterFactory factory, ServerCertificate certificate, TimeProvider time)
    {
        _meter = factory.Create("Kiwire.Server.Http");
        _refused = _meter.CreateCounter<long>("kiwire.http.refused", "{request}", "Requests answered 429, by the rate that they went past: address, caller, login or portal.");
        _meter.CreateObservableGauge("kiwire.http.certificate.left", () => Left(certificate, time), "s", "Seconds until the certificate ends; none where there is no https.");
    }

    /// <summary>A request went past a rate.</summary>
    /// <param name="rate">address, caller, login or portal.</param>
    public void Refused(string rate) => _refused.Add(1, new KeyValuePair<string, object?>("rate", rate));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Left(ServerCertificate certificate, TimeProvider time) =>
        certificate.Ends is { } ends ? [new Measurement<double>(Math.Round((ends - time.GetUtcNow()).TotalSeconds))] : [];
}
