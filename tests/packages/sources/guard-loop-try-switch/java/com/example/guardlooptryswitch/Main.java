package com.example.guardlooptryswitch;

import android.app.Activity;

public class Main extends Activity { }
