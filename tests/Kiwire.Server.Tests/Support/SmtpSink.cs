using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kiwire.Server.Tests.Support;

/// <summary>
/// A mail server on loopback (RFC 5321) that keeps what it is given. It wants the commands in their order and answers anything else with an error, and
/// refuses what the test says.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<SmtpMessage> _messages = [];
    private readonly List<string> _faults = [];
    private readonly Task _loop;

    public SmtpSink()
    {
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is answered to a recipient; null: it is taken.</summary>
    public Func<string, string?> Refuse { get; set; } = _ => null;

    /// <summary>What came so far.</summary>
    public IReadOnlyList<SmtpMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>What a client did that it must not.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                conversations.Add(ConverseAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            await using NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream, Encoding.ASCII);
            await SayAsync(stream, "220 sink ESMTP");
            bool greeted = false;
            string? from = null;
            List<string> to = [];
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO" or "HELO":
                        greeted = true;
                        await SayAsync(stream, "250-sink\r\n250 8BITMIME");
                        break;
                    case "MAIL" when greeted && from is null && line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase):
                        from = AddressIn(line);
                        await SayAsync(stream, "250 ok");
                        break;
                    case "RCPT" when from is not null && line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase):
                        if (Refuse(AddressIn(line)) is { } refusal)
                        {
                            await SayAsync(stream, refusal);
                            break;
                        }

                        to.Add(AddressIn(line));
                        await SayAsync(stream, "250 ok");
                        break;
                    case "DATA" when to.Count > 0:
                        await SayAsync(stream, "354 go on");
                        Keep(from!, to, await ReadDataAsync(reader));
                        (from, to) = (null, []);
                        await SayAsync(stream, "250 taken");
                        break;
                    case "RSET":
                        (from, to) = (null, []);
                        await SayAsync(stream, "250 ok");
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    default:
                        lock (_lock)
                        {
                            _faults.Add(line);
                        }

                        await SayAsync(stream, "503 out of order");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went, or the test is over.
        }
    }

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        StringBuilder data = new();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            // RFC 5321, 4.5.2: a leading dot was doubled.
            _ = data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return data.ToString();
    }

    private void Keep(string from, IReadOnlyList<string> to, string data)
    {
        lock (_lock)
        {
            _messages.Add(new SmtpMessage(from, to, data));
        }
    }

    private async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);

    private static string AddressIn(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}

/// <summary>A message as a mail server got it.</summary>
internal sealed record SmtpMessage(string From, IReadOnlyList<string> To, string Data)
{
    /// <summary>A header's value, unfolded; empty: it is not there.</summary>
    public string Header(string name)
    {
        string head = Data[..Data.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..] ?? "";
    }

    /// <summary>The text, decoded as its headers say.</summary>
    public string Body
    {
        get
        {
            string body = Data[(Data.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Header("Content-Transfer-Encoding").ToUpperInvariant() switch
            {
                "BASE64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
                "QUOTED-PRINTABLE" => Unquote(body),
                _ => body,
            };
        }
    }

    private static string Unquote(string text)
    {
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        List<byte> octets = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                octets.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                octets.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }
}
