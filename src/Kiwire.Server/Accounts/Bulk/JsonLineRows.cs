using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>The rows of JSON Lines: an object a line, in UTF-8.</summary>
internal static class JsonLineRows
{
    /// <summary>The most octets of one line.</summary>
    public const int LongestLine = 1 << 17;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads rows as the body comes.</summary>
    /// <exception cref="BulkFormatException">A line has no end in sight.</exception>
    public static async IAsyncEnumerable<BulkRow> ReadAsync(Stream body, BulkFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 1 << 14));
        long line = 1;
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (TryTakeLine(ref rest, read.IsCompleted, out ReadOnlySequence<byte> octets))
            {
                if (octets.Length > LongestLine)
                {
                    throw TooLong(line);
                }

                byte[] text = octets.ToArray();
                ReadOnlyMemory<byte> json = line == 1 && text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsMemory(3) : text;
                if (!json.Span.Trim(" \t\r"u8).IsEmpty)
                {
                    yield return RowOf(json, fields, line);
                }

                line++;
            }

            if (rest.Length > LongestLine)
            {
                throw TooLong(line);
            }

            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static BulkFormatException TooLong(long line) => new($"Line {line} has more than {LongestLine} octets. Nothing from there on was read.");

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        line = rest;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        if (!last || rest.IsEmpty)
        {
            return false;
        }

        rest = rest.Slice(rest.End);
        return true;
    }

    private static BulkRow RowOf(ReadOnlyMemory<byte> json, BulkFields fields, long line)
    {
        BulkRow row = new(fields, line);
        if (!Utf8.IsValid(json.Span))
        {
            row.Faults.Add(new("", "The line is not UTF-8."));
            return row;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            Read(document.RootElement, fields, row);
        }
        catch (JsonException e)
        {
            // Its message may hold what stands there, a password as well as anything.
            row.Faults.Add(new("", $"The line is no JSON object, or names a field twice (octet {(e.BytePositionInLine ?? 0) + 1})."));
        }

        return row;
    }

    private static void Read(JsonElement root, BulkFields fields, BulkRow row)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            row.Faults.Add(new("", "The line is no JSON object."));
            return;
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            switch (fields.PlaceOf(property.Name))
            {
                case null:
                    string name = property.Name.Length <= 64 ? property.Name : property.Name[..64] + "…";
                    row.Faults.Add(new(name, $"is no field; known are {string.Join(", ", fields.Taken)}."));
                    break;
                case >= 0 and int place when row[place] is not null:
                    row.Faults.Add(new(fields.Taken[place], "is there twice; give it once."));
                    break;
                case >= 0 and int place:
                    row[place] = TextOf(property.Value, fields.Taken[place], row);
                    break;
            }
        }

        if (row[BulkFields.Expiry] is not null && row[BulkFields.ExpiresAt] is not null)
        {
            row.Faults.Add(new(BulkFields.Expiry, $"is there together with {BulkFields.ExpiresAt}; give one of them."));
        }
    }

    private static string? TextOf(JsonElement value, string field, BulkRow row)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String when TryGetText(value, out string? text):
                return text;
            case JsonValueKind.Array when field == BulkFields.Macs && value.EnumerateArray().All(mac => mac.ValueKind == JsonValueKind.String && TryGetText(mac, out _)):
                return string.Join(',', value.EnumerateArray().Select(mac => mac.GetString()));
            default:
                row.Faults.Add(new(field, field == BulkFields.Macs ? "must be an array of strings." : "must be a string of whole characters."));
                return null;
        }
    }

    // Half of a surrogate pair, written as an escape, is no text.
    private static bool TryGetText(JsonElement value, out string? text)
    {
        try
        {
            text = value.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}
