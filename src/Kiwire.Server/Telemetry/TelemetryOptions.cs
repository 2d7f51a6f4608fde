namespace Kiwire.Server.Telemetry;

/// <summary>Where measurements go besides <c>/metrics</c>. Section <c>Kiwire:Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Kiwire:Telemetry";

    /// <summary>An OTLP receiver, such as <c>http://127.0.0.1:4317</c>; empty: none.</summary>
    public string OtlpEndpoint { get; set; } = "";
}
