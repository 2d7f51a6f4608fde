using Kiwire.Server.Demo;
using Kiwire.Server.Listening;
using Kiwire.Server.Tenants;

namespace Kiwire.Server;

/// <summary>What start-up prints for the person who started it: where the program listens, and how to get in.</summary>
internal static class Greeting
{
    public static void Write(WebApplication application, CommandLine commandLine, TextWriter output)
    {
        RadiusListeners listeners = application.Services.GetRequiredService<RadiusListeners>();
        foreach (RadiusEndPoint endPoint in listeners.EndPoints)
        {
            output.WriteLine($"Listening for {(endPoint.Purpose == ListenerPurpose.Authentication ? "authentication" : "accounting")} on {endPoint.EndPoint}");
        }

        foreach (string url in application.Urls)
        {
            output.WriteLine($"Listening for HTTP on {url}");
        }

        if (application.Services.GetRequiredService<FirstStart>().Generated is { } generated)
        {
            output.WriteLine();
            output.WriteLine("This is the first start. Write these down; they are not shown again:");
            output.WriteLine($"  administrator  {generated.Username}");
            output.WriteLine($"  password       {generated.Password}");
            output.WriteLine($"  API key        {generated.ApiKey}");
            output.WriteLine();
        }

        if (commandLine.Demo)
        {
            int port = listeners.EndPoints.First(endPoint => endPoint.Purpose == ListenerPurpose.Authentication).EndPoint.Port;
            output.WriteLine();
            output.WriteLine("This is the demo: its passwords and secrets are public, and it listens on loopback only. Try:");
            output.WriteLine($"  echo 'User-Name=alice,User-Password=wonderland' | radclient -x 127.0.0.1:{port} auth {DemoData.Secret}");
            output.WriteLine($"API: administrator {DemoServices.Credentials.Username} / {DemoServices.Credentials.Password}, key {DemoServices.Credentials.ApiKey}");
            output.WriteLine($"The guests' portal: {application.Urls.First().TrimEnd('/')}/portal/{TenantDirectory.DefaultCloudId} (the codes are in this log)");
            output.WriteLine();
        }

        output.WriteLine("Kiwire is ready");
        output.Flush();
    }
}
