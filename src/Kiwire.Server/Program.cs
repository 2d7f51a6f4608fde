using Kiwire.Server;

return await KiwireServer.RunAsync(args, Console.Out, Console.Error);
