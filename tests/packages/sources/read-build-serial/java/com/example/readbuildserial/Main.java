package com.example.readbuildserial;

import android.app.Activity;

public class Main extends Activity { }
