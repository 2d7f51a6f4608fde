using System.Diagnostics;
using System.Globalization;
using Kiwire.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiwire.Benchmarks;

/// <summary>
/// How many records of 200 octets on disc a second the journal makes durable, with a reader that keeps up: one producer that has at most
/// so many records unanswered at a time.
/// </summary>
internal static class JournalRate
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    /// <summary>Prints a line for each window.</summary>
    /// <param name="directory">Where: the rate is the disc's. Must not be there yet.</param>
    public static async Task RunAsync(string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Kiwire:DataDirectory"] = directory;
        builder.Services.AddStorage(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var journal = host.Services.GetRequiredService<AccountingJournal>();
        using var stop = new CancellationTokenSource();
        var applier = ApplyAsync(journal, stop.Token);

        foreach (var window in (int[])[1, 32, 256, 1024])
        {
            await MeasureAsync(journal, window);
        }

        await stop.CancelAsync();
        await applier;
        await host.StopAsync();
    }

    private static async Task MeasureAsync(AccountingJournal journal, int window)
    {
        using var credits = new Credits(window);
        var payload = new byte[200 - JournalFormat.RecordOverhead];
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var records = 0;
        while (Stopwatch.GetElapsedTime(began) < Each)
        {
            credits.Take();
            if (journal.Append(JournalRecordKind.Accounting, payload, credits, records, out _) == JournalAppend.Taken)
            {
                records++;
            }
        }

        await journal.FlushAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"journal, window {window}: {records / elapsed.TotalSeconds:f0} records/s, {(double)records / credits.Calls:f1} to a sync, {(process.TotalProcessorTime - processor).TotalMicroseconds / records:f2} us of processor each"));
    }

    private static async Task ApplyAsync(AccountingJournal journal, CancellationToken cancellationToken)
    {
        using var reader = journal.OpenReader();
        try
        {
            while (true)
            {
                var records = await reader.ReadAsync(2000, cancellationToken);
                journal.NotifyApplied(records.Span[^1].Sequence);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    private sealed class Credits(int window) : IDurableSink, IDisposable
    {
        private readonly SemaphoreSlim _free = new(window);

        public int Calls { get; private set; }

        public void Take() => _free.Wait();

        public void Durable(ReadOnlySpan<int> tickets)
        {
            Calls++;
            _free.Release(tickets.Length);
        }

        public void Dispose() => _free.Dispose();
    }
}
