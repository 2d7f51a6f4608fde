using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using CsvHelper;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>The rows of a CSV file (RFC 4180): UTF-8, a header of field names, commas or semicolons between.</summary>
internal static class CsvRows
{
    /// <summary>The most octets of one record.</summary>
    public const int LongestRecord = 1 << 17;

    private const int MostOfHeader = 4096;

    /// <summary>Reads rows as the body comes.</summary>
    /// <exception cref="BulkFormatException">It is no such file; said before the first row, or later where nothing after can be read.</exception>
    public static async IAsyncEnumerable<BulkRow> ReadAsync(Stream body, BulkFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        CsvMalformedReason? malformed = null;
        CsvReaderOptions options = new()
        {
            Separator = await FindSeparatorAsync(pipe, cancellationToken),
            HasHeader = false,
            SkipEmptyLines = false,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record => malformed = record.Reason,
        };
        await using CsvReader csv = CsvReader.Create(pipe.AsStream(), options, leaveOpen: false);
        if (!await ReadAsync(csv, cancellationToken))
        {
            throw new BulkFormatException("The file is empty; its first line must name the fields.");
        }

        int[] places = PlacesOf(csv, fields, malformed);
        while (true)
        {
            malformed = null;
            if (!await ReadAsync(csv, cancellationToken))
            {
                yield break;
            }

            if (csv.FieldCount > 1 || csv.GetSpan(0).Length > 0)
            {
                yield return RowOf(csv, fields, places, malformed);
            }
        }
    }

    // A header holds names alone, so what stands between them is plain.
    private static async Task<char> FindSeparatorAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellationToken);
            byte[] start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MostOfHeader)).ToArray();
            int end = start.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            if (end >= 0 || read.IsCompleted || start.Length == MostOfHeader)
            {
                pipe.AdvanceTo(read.Buffer.Start);
                ReadOnlySpan<byte> header = end < 0 ? start : start.AsSpan(0, end);
                return header.Contains((byte)';') && !header.Contains((byte)',') ? ';' : ',';
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task<bool> ReadAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException e)
        {
            throw new BulkFormatException(
                $"A record of more than {LongestRecord} octets begins at line {e.LineNumber}; perhaps a quote is not closed. Nothing from there on was read.");
        }
    }

    private static BulkRow RowOf(CsvReader csv, BulkFields fields, int[] places, CsvMalformedReason? malformed)
    {
        BulkRow row = new(fields, csv.LineNumber);
        if (malformed is not null)
        {
            row.Faults.Add(new("", SentenceOf(malformed)));
            return row;
        }

        if (csv.FieldCount != places.Length)
        {
            row.Faults.Add(new("", $"The line has {csv.FieldCount} values; the header names {places.Length} fields."));
            return row;
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] < 0)
            {
                continue;
            }

            if (Utf8.IsValid(csv.GetSpan(i)))
            {
                row[places[i]] = SpreadsheetText.Unguard(csv.GetString(i));
            }
            else
            {
                row.Faults.Add(new(fields.Taken[places[i]], "is not UTF-8."));
            }
        }

        return row;
    }

    private static string SentenceOf(CsvMalformedReason? reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quote that begins here is not closed; nothing after it was read.",
        CsvMalformedReason.TextAfterClosingQuote => "Something stands between a closing quote and the next separator; a quote inside of quotes is written twice.",
        _ => "A quote stands inside a value that does not begin with one; put the value in quotes, and write its own quotes twice.",
    };

    private static int[] PlacesOf(CsvReader csv, BulkFields fields, CsvMalformedReason? malformed)
    {
        if (malformed is not null || csv.FieldCount > fields.Taken.Count + fields.Exported.Count)
        {
            throw new BulkFormatException("The first line cannot be read; it must name the fields, with commas or semicolons between.");
        }

        int[] places = new int[csv.FieldCount];
        for (int i = 0; i < places.Length; i++)
        {
            string name = csv.GetString(i).Trim();
            places[i] = fields.PlaceOf(name) ?? throw new BulkFormatException(
                name.Length == 0
                    ? "The first line has a field without a name; it must name the fields, with commas or semicolons between."
                    : $"The first line names '{(name.Length <= 64 ? name : name[..64] + "…")}', which is no field; known are {string.Join(", ", fields.Taken)}.");
            if (places[i] >= 0 && Array.IndexOf(places, places[i]) < i)
            {
                throw new BulkFormatException($"The first line names '{name}' twice; it must name each field once.");
            }
        }

        if (!places.Contains(0))
        {
            throw new BulkFormatException($"The first line does not name '{fields.Name}'; it must.");
        }

        return places.Contains(fields[BulkFields.Expiry]) && places.Contains(fields[BulkFields.ExpiresAt])
            ? throw new BulkFormatException($"The first line names both {BulkFields.Expiry} and {BulkFields.ExpiresAt}; it must name one of them.")
            : places;
    }
}

/// <summary>A file cannot be read any further.</summary>
/// <param name="message">A sentence for who sent it.</param>
internal sealed class BulkFormatException(string message) : Exception(message);
