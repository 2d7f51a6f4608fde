using System.Net.Sockets;
using System.Text;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Requests that no client library would send: the octets go over the wire as they stand.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the server closes.</summary>
    /// <param name="server">To whom.</param>
    /// <param name="target">The request's target, as it stands.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="method">The method.</param>
    /// <param name="body">The body's octets; null: none.</param>
    /// <param name="contentType">The body's type.</param>
    public static async Task<string> SendAsync(
        RunningServer server, string target, string? token = null, string method = "GET", byte[]? body = null, string contentType = "application/json")
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(server.Http.Host, server.Http.Port);
        await using NetworkStream wire = connection.GetStream();
        StringBuilder head = new($"{method} {target} HTTP/1.1\r\nHost: {server.Http.Authority}\r\nConnection: close\r\n");
        if (token is not null)
        {
            head.Append($"Authorization: Bearer {token}\r\n");
        }

        if (body is not null)
        {
            head.Append($"Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n");
        }

        // At once: a body that comes behind an answer would reset the connection under it.
        await wire.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body ?? []]);
        using StreamReader reader = new(wire, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
