using System.Globalization;
using System.Text.Json;

namespace Kiwire.Benchmarks;

/// <summary>The load generator and the C echo, compiled from <c>native/</c> with gcc.</summary>
internal sealed class NativeTools
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "kiwire-bench-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private string Radload => Path.Combine(_directory, "radload");

    private string Echo => Path.Combine(_directory, "echo");

    public string Scratch(string name) => Directory.CreateDirectory(Path.Combine(_directory, name)).FullName;

    public async Task BuildAsync()
    {
        Directory.CreateDirectory(_directory);
        string sources = Path.Combine(AppContext.BaseDirectory, "native");
        await Child.RunAsync("gcc", "-O2", "-o", Radload, Path.Combine(sources, "radload.c"), "-lcrypto");
        await Child.RunAsync("gcc", "-O2", "-o", Echo, Path.Combine(sources, "echo.c"));
    }

    /// <summary>Starts the echo; its port is the line it prints.</summary>
    public async Task<(Child Child, int Port)> StartEchoAsync(int replyOctets, int cpu)
    {
        (Child child, string line) = await Child.StartAsync(
            Echo, ["0", Text(replyOctets), Text(cpu)], _ => true, TimeSpan.FromSeconds(5));
        return (child, int.Parse(line, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs the generator and reads its figures.</summary>
    public async Task<LoadResult> LoadAsync(params string[] arguments)
    {
        string output;
        try
        {
            output = await Child.RunAsync(Radload, [.. arguments, "-j"]);
        }
        catch (InvalidOperationException e)
        {
            // It says with its exit code that some answers were wrong; the figures are there all the same, and show it.
            output = e.Message;
        }

        int start = output.IndexOf("JSON {", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new InvalidOperationException(output);
        }

        int end = output.IndexOf('}', start);
        return JsonSerializer.Deserialize<LoadResult>(output.AsSpan(start + 5, end - start - 4), JsonSerializerOptions.Web)!;
    }

    public void Remove() => Directory.Delete(_directory, recursive: true);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the load generator measured.</summary>
internal sealed record LoadResult
{
    [System.Text.Json.Serialization.JsonPropertyName("rps")]
    public double PerSecond { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("p50_us")]
    public double P50Microseconds { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("p99_us")]
    public double P99Microseconds { get; init; }

    public long Ok { get; init; }

    public long Lost { get; init; }

    public long BadCode { get; init; }

    public long BadAuth { get; init; }

    public long Wraps { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("srv_rss_mib")]
    public double ServerMiB { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("srv_cpu_us")]
    public double ServerCpuMicroseconds { get; init; }

    public double Steal { get; init; }
}
