<?php
// Calls /apiv2 of a Kiwire server, as a program of yours would. Needs php-cli and php-curl. Against the demo:
//   php kiwire-client.php user/create username=ada password=lovelace profile=gold
//   php kiwire-client.php user/get/ada
//   php kiwire-client.php login/history start_time="2030-01-01 00:00:00"
// Elsewhere set KIWIRE_URL, KIWIRE_CLOUD_ID, KIWIRE_USER, KIWIRE_PASSWORD and KIWIRE_API_KEY. All calls: docs/apiv2.md.
declare(strict_types=1);

final class KiwireError extends RuntimeException
{
}

final class KiwireClient
{
    private ?string $token = null;

    public function __construct(
        private readonly string $url,
        private readonly string $cloudId,
        private readonly string $user,
        private readonly string $password,
        private readonly string $apiKey,
    ) {
    }

    /**
     * Makes a call and returns its ret_data. Logs in when there is no token, and once more when the 20 minutes of one are over.
     *
     * @param string $call module/method, or module/method/value; encode the value with rawurlencode()
     * @param array<string, scalar> $parameters as docs/apiv2.md names them
     * @throws KiwireError it was not done; the message is the server's
     */
    public function call(string $call, array $parameters = []): array
    {
        $hadToken = $this->token !== null;
        $answer = $this->send($call, $parameters);
        if ($hadToken && str_starts_with($answer['error'] ?? '', 'login expired')) {
            $this->token = null;
            $answer = $this->send($call, $parameters);
        }

        return isset($answer['error']) ? throw new KiwireError($answer['error']) : $answer['ret_data'];
    }

    private function send(string $call, array $parameters): array
    {
        $this->token ??= $this->logIn();
        // Any clock will do: the time is there to make each api_key another one.
        $time = date('YmdHis');
        return $this->post("/apiv2/$call", $parameters + [
            'cloud_id' => $this->cloudId,
            'token' => $this->token,
            'time' => $time,
            'api_key' => md5($this->apiKey . $this->token . $time),
        ]);
    }

    private function logIn(): string
    {
        $answer = $this->post('/admin/agent/api_login.php', ['cloud_id' => $this->cloudId, 'code' => md5("$this->user|$this->password")]);
        return $answer['token'] ?? throw new KiwireError($answer['error'] ?? 'no token');
    }

    private function post(string $path, array $parameters): array
    {
        $curl = curl_init($this->url . $path);
        // An array goes out as multipart/form-data; http_build_query($parameters) would make a form of it. The server takes both.
        curl_setopt_array($curl, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $parameters, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 30]);
        $body = curl_exec($curl);
        if ($body === false) {
            throw new KiwireError(curl_error($curl));
        }

        return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
    }
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    if ($argc < 2) {
        fwrite(STDERR, "usage: php kiwire-client.php module/method[/value] [name=value ...]\n");
        exit(2);
    }

    $client = new KiwireClient(
        getenv('KIWIRE_URL') ?: 'http://127.0.0.1:8081',
        getenv('KIWIRE_CLOUD_ID') ?: 'default',
        getenv('KIWIRE_USER') ?: 'admin',
        getenv('KIWIRE_PASSWORD') ?: 'demo-password',
        getenv('KIWIRE_API_KEY') ?: 'demo-api-key',
    );
    $parameters = [];
    foreach (array_slice($argv, 2) as $argument) {
        [$name, $value] = explode('=', $argument, 2) + [1 => ''];
        $parameters[$name] = $value;
    }

    try {
        echo json_encode($client->call($argv[1], $parameters), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
    } catch (KiwireError $error) {
        fwrite(STDERR, $error->getMessage() . "\n");
        exit(1);
    }
}
